package dev.connections.core.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an actor may do with a connection. A pure function of the two: it asks nothing and remembers
 * nothing, and is safe for any thread.
 *
 * <p>Nothing at all is allowed to
 *
 * <ul>
 *   <li>an actor of another account;
 *   <li>an actor bound to a workspace, where the connection belongs to another workspace.
 * </ul>
 *
 * <p>An actor bound to no workspace reaches all of the account's connections, and a connection
 * without a workspace is reached from every workspace. For everybody who reaches the connection,
 * this table holds:
 *
 * <table>
 * <caption>What is allowed</caption>
 * <thead>
 * <tr><th scope="col">Visibility</th><th scope="col">Locked flag</th><th scope="col">Admin</th><th scope="col">Owner (member)</th><th scope="col">Other member</th></tr>
 * </thead>
 * <tbody>
 * <tr><td>{@code public}</td><td>no</td><td>see, use, edit, delete, lock</td><td>see, use, edit, delete, lock</td><td>see, use</td></tr>
 * <tr><td>{@code public}</td><td>yes</td><td>see, use, unlock</td><td>see, use, unlock</td><td>see, use</td></tr>
 * <tr><td>{@code private}</td><td>no</td><td>see, use, edit, delete, lock</td><td>see, use, edit, delete, lock</td><td>nothing</td></tr>
 * <tr><td>{@code private}</td><td>yes</td><td>see, use, unlock</td><td>see, use, unlock</td><td>nothing</td></tr>
 * <tr><td>{@code locked}</td><td>no</td><td>see, use, edit, delete, lock</td><td>see, use</td><td>see, use</td></tr>
 * <tr><td>{@code locked}</td><td>yes</td><td>see, use, unlock</td><td>see, use</td><td>see, use</td></tr>
 * </tbody>
 * </table>
 *
 * <p>Whoever may not {@link Permission#SEE} a connection must get the same answer as if it didn't
 * exist.
 */
public final class AccessRules {
  private AccessRules() {}

  /**
   * {@return what the actor may do with the connection; empty if he may not even see it} The set
   * can't be changed.
   *
   * @param actor who wants to do something
   * @param connection whose connection it is
   */
  public static Set<Permission> permissions(Actor actor, Ownership connection) {
    EnumSet<Permission> allowed = EnumSet.noneOf(Permission.class);
    if (!reaches(actor, connection)) {
      return Collections.unmodifiableSet(allowed);
    }
    boolean admin = actor.role() == Role.ADMIN;
    boolean owner = actor.user().equals(connection.owner());
    if (admin || owner || connection.visibility() != Visibility.PRIVATE) {
      allowed.add(Permission.SEE);
      allowed.add(Permission.USE);
    }
    if (admin || (owner && connection.visibility() != Visibility.LOCKED)) {
      if (connection.locked()) {
        allowed.add(Permission.UNLOCK);
      } else {
        allowed.addAll(EnumSet.of(Permission.EDIT, Permission.DELETE, Permission.LOCK));
      }
    }
    return Collections.unmodifiableSet(allowed);
  }

  /**
   * {@return whether the actor may do one thing with the connection}
   *
   * @param actor who wants to do it
   * @param permission what he wants to do
   * @param connection whose connection it is
   */
  public static boolean allows(Actor actor, Permission permission, Ownership connection) {
    return permissions(actor, connection).contains(permission);
  }

  private static boolean reaches(Actor actor, Ownership connection) {
    return actor.account().equals(connection.account())
        && (actor.workspace().isEmpty()
            || connection.workspace().isEmpty()
            || actor.workspace().equals(connection.workspace()));
  }
}
