package dev.connections.core;

import dev.connections.api.Internal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which connections to list. Parts that are left empty filter nothing; the others must all hold.
 *
 * <p>Immutable. Made by {@link #all} and completed by the {@code with…} methods.
 *
 * @param types only connections of these types; a type's id stands for all its stored names, and
 *     case doesn't matter
 * @param active only active ones, or only inactive ones
 * @param text only those whose name or description contains it, without regard to case
 * @param owner only those this user owns
 * @param workspace only those of this workspace
 */
public record ConnectionFilter(
    Set<String> types,
    Optional<Boolean> active,
    Optional<String> text,
    Optional<String> owner,
    Optional<String> workspace) {
  private static final ConnectionFilter ALL =
      new ConnectionFilter(
          Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Takes all parts at once; {@link #all} is the way to make one.
   *
   * @param types only connections of these types
   * @param active only active ones, or only inactive ones
   * @param text only those whose name or description contains it
   * @param owner only those this user owns
   * @param workspace only those of this workspace
   */
  @Internal
  public ConnectionFilter {
    types = Set.copyOf(types);
    Objects.requireNonNull(active, "active");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(workspace, "workspace");
  }

  /** {@return a filter that lets every connection through} */
  public static ConnectionFilter all() {
    return ALL;
  }

  /**
   * {@return a copy for some types only}
   *
   * @param names ids or stored names, in any case; none for all types
   */
  public ConnectionFilter withTypes(String... names) {
    return withTypes(Set.of(names));
  }

  /**
   * {@return a copy for some types only}
   *
   * @param names ids or stored names, in any case; empty for all types
   */
  public ConnectionFilter withTypes(Set<String> names) {
    return new ConnectionFilter(names, active, text, owner, workspace);
  }

  /**
   * {@return a copy for active or inactive connections only}
   *
   * @param wanted whether the active ones are wanted
   */
  public ConnectionFilter withActive(boolean wanted) {
    return new ConnectionFilter(types, Optional.of(wanted), text, owner, workspace);
  }

  /**
   * {@return a copy for connections whose name or description contains a text}
   *
   * @param part compared without regard to case
   */
  public ConnectionFilter withText(String part) {
    return new ConnectionFilter(types, active, Optional.of(part), owner, workspace);
  }

  /**
   * {@return a copy for the connections of one owner}
   *
   * @param user the owner
   */
  public ConnectionFilter withOwner(String user) {
    return new ConnectionFilter(types, active, text, Optional.of(user), workspace);
  }

  /**
   * {@return a copy for the connections of one workspace}
   *
   * @param name the workspace; those of the whole account don't count
   */
  public ConnectionFilter withWorkspace(String name) {
    return new ConnectionFilter(types, active, text, owner, Optional.of(name));
  }

  /**
   * {@return the filter as the query of a URL, without a question mark} The same filter always has
   * the same text, and {@link #parse} makes the filter of it again. For example {@code
   * type=mssql&type=postgresql&active=true&text=sales+2026}.
   */
  public String toQuery() {
    return FilterQuery.of(this);
  }

  /**
   * {@return the filter of a query}
   *
   * @param query as {@link #toQuery} gives it; the parts may come in any order, and an empty text
   *     is {@link #all}
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#INVALID_ARGUMENT},
   *     naming the part, if there is a part that a filter doesn't have, a part but the type is
   *     there twice, has no value or one that isn't fit for it, or the text is longer than 10,000
   *     characters
   */
  public static ConnectionFilter parse(String query) {
    return FilterQuery.parse(query);
  }
}
