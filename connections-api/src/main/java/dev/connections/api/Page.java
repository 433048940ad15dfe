package dev.connections.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param next the token of the next page; empty if this is the last
 * @param total how many items there are in all, if that is known without counting
 * @param notices what the list doesn't show and why
 * @param <T> the items
 */
public record Page<T>(
    List<T> items, Optional<String> next, OptionalLong total, List<Notice> notices) {
  /**
   * Keeps immutable copies.
   *
   * @param items what is on the page
   * @param next the token of the next page
   * @param total how many items there are in all
   * @param notices what the list doesn't show and why
   */
  public Page {
    items = List.copyOf(items);
    notices = List.copyOf(notices);
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(total, "total");
  }

  /**
   * {@return the only page of a list}
   *
   * @param items everything there is
   * @param <T> the items
   */
  public static <T> Page<T> only(List<T> items) {
    return new Page<>(items, Optional.empty(), OptionalLong.of(items.size()), List.of());
  }
}
