package dev.connections.core.store;

import dev.connections.core.ConnectionSort;
import dev.connections.core.ListRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A place in a sorted list: that of one connection, from which the next page goes on. The order is
 * that of the list when ascending: by name key code point by code point or by time, then by id.
 *
 * <p>Its text form is the page token. It isn't secret and isn't signed: it says only where to go on
 * in a list that is filtered by what the actor may see.
 *
 * @param nameKey the {@linkplain StoredConnection#nameKey name's key}; empty in lists by time
 * @param at the time sorted by, in lists by time; the epoch if there is none
 * @param id the connection's id
 */
public record ListPosition(String nameKey, Instant at, String id)
    implements Comparable<ListPosition> {
  private static final Comparator<ListPosition> ORDER =
      Comparator.comparing(ListPosition::nameKey, ListPosition::byCodePoints)
          .thenComparing(ListPosition::at)
          .thenComparing(ListPosition::id);

  /**
   * Checks that no part is null.
   *
   * @param nameKey the name's key
   * @param at the time sorted by
   * @param id the connection's id
   */
  public ListPosition {
    Objects.requireNonNull(nameKey, "nameKey");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(id, "id");
  }

  /**
   * {@return the place of a connection}
   *
   * @param row the connection
   * @param sort by what the list is sorted
   */
  public static ListPosition of(StoredConnection row, ConnectionSort sort) {
    return switch (sort) {
      case NAME -> new ListPosition(row.nameKey(), Instant.EPOCH, row.id());
      case CREATED -> new ListPosition("", row.createdAt(), row.id());
      case LAST_TESTED -> new ListPosition("", row.test().at().orElse(Instant.EPOCH), row.id());
    };
  }

  /**
   * {@return after which place a request goes on; empty for the first page}
   *
   * @param request with a token or without
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.core.CoreErrorCode#INVALID_ARGUMENT} if its token belongs to a list in
   *     another order, or to none
   */
  public static Optional<ListPosition> before(ListRequest request) {
    return request.pageToken().map(token -> parse(token, request));
  }

  private static ListPosition parse(String token, ListRequest request) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      String[] parts = text.split("\n", 4);
      if (parts.length == 4 && parts[0].equals(order(request))) {
        return new ListPosition(parts[3], Instant.parse(parts[1]), parts[2]);
      }
    } catch (IllegalArgumentException | DateTimeException notAToken) {
      throw StoreFailures.foreignPageToken();
    }
    throw StoreFailures.foreignPageToken();
  }

  /**
   * {@return the token of the page that follows}
   *
   * @param request whose page ended here
   */
  public String token(ListRequest request) {
    String text = String.join("\n", order(request), at.toString(), id, nameKey);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String order(ListRequest request) {
    return request.sort() + (request.descending() ? "-" : "+");
  }

  @Override
  public int compareTo(ListPosition other) {
    return ORDER.compare(this, other);
  }

  /** As databases compare UTF-8; Java's own order differs beyond the basic plane. */
  private static int byCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length()) {
      int left = a.codePointAt(at);
      int right = b.codePointAt(at);
      if (left != right) {
        return Integer.compare(left, right);
      }
      at += Character.charCount(left);
    }
    return Integer.compare(a.length(), b.length());
  }
}
