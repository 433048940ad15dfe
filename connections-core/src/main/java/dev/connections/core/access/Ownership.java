package dev.connections.core.access;

import java.util.Objects;
import java.util.Optional;

/**
 * What of a connection decides who may do what with it.
 *
 * @param account the tenant it belongs to
 * @param workspace the workspace it belongs to; empty if it belongs to the whole account
 * @param owner the user who owns it
 * @param visibility who sees it
 * @param locked whether its locked flag is set: then nobody edits or deletes it
 */
public record Ownership(
    String account,
    Optional<String> workspace,
    String owner,
    Visibility visibility,
    boolean locked) {

  /**
   * Checks the names.
   *
   * @param account the tenant
   * @param workspace the workspace
   * @param owner the user who owns it
   * @param visibility who sees it
   * @param locked whether its locked flag is set
   * @throws IllegalArgumentException if a name is none, as {@link Actor} says
   */
  public Ownership {
    Name.checked("account", account);
    workspace.ifPresent(name -> Name.checked("workspace", name));
    Name.checked("owner", owner);
    Objects.requireNonNull(visibility, "visibility");
  }

  /**
   * {@return what a connection begins with: it belongs to the actor, to his workspace if he is
   * bound to one, is private and isn't locked}
   *
   * @param actor who creates the connection
   */
  public static Ownership startingWith(Actor actor) {
    return new Ownership(
        actor.account(), actor.workspace(), actor.user(), Visibility.PRIVATE, false);
  }
}
