package dev.connections.core.access;

import java.util.Objects;
import java.util.Optional;

/**
 * Who acts: a user of an account, in a role, and perhaps within one workspace. The host has
 * authenticated the user; the library believes it.
 *
 * <p>Names are compared character by character: {@code Acme} and {@code acme} are two accounts.
 *
 * @param account the tenant; nothing of another account is ever seen
 * @param user the user's name, the same at every call
 * @param role what the user is within the account
 * @param workspace the workspace the actor is bound to; empty if he acts for the whole account
 */
public record Actor(String account, String user, Role role, Optional<String> workspace) {

  /**
   * Checks the names.
   *
   * @param account the tenant
   * @param user the user's name
   * @param role what the user is within the account
   * @param workspace the workspace the actor is bound to
   * @throws IllegalArgumentException if a name is blank, has more than 255 characters, begins or
   *     ends with white space, or has a control character; the message doesn't show the name
   */
  public Actor {
    Name.checked("account", account);
    Name.checked("user", user);
    Objects.requireNonNull(role, "role");
    workspace.ifPresent(name -> Name.checked("workspace", name));
  }

  /**
   * {@return an actor who acts for the whole account}
   *
   * @param account the tenant
   * @param user the user's name
   * @param role what the user is within the account
   * @throws IllegalArgumentException if a name is none, as the constructor says
   */
  public static Actor of(String account, String user, Role role) {
    return new Actor(account, user, role, Optional.empty());
  }

  /**
   * {@return the same user, bound to a workspace}
   *
   * @param workspace the workspace
   * @throws IllegalArgumentException if the name is none, as the constructor says
   */
  public Actor in(String workspace) {
    return new Actor(account, user, role, Optional.of(workspace));
  }
}
