package dev.connections.store.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionSort;
import dev.connections.core.ListRequest;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.store.ListPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which rows a list has, as the part of a statement that follows WHERE. Its text is made of a few
 * fixed pieces, so that there are few different statements.
 */
final class ListQuery {
  private final StringBuilder where = new StringBuilder("account_id = ?");
  private final List<Object> values = new ArrayList<>();

  private ListQuery(Dialect dialect, Actor viewer, ConnectionFilter filter) {
    values.add(viewer.account());
    seenBy(viewer);
    if (!filter.types().isEmpty()) {
      and(dialect.isOneOf("type_key"), lowerCase(filter));
    }
    filter.active().ifPresent(wanted -> and("active = ?", wanted));
    filter
        .text()
        .ifPresent(part -> and(dialect.contains("search_text"), part.toLowerCase(Locale.ROOT)));
    filter.owner().ifPresent(owner -> and("owner_id = ?", owner));
    filter.workspace().ifPresent(workspace -> and("workspace_id = ?", workspace));
  }

  /** All that an actor may see, as the access rules say of seeing. */
  static ListQuery all(Dialect dialect, Actor viewer, ConnectionFilter filter) {
    return new ListQuery(dialect, viewer, filter);
  }

  /** One page of it, and one row more if there is a further page. */
  static ListQuery page(
      Dialect dialect, Actor viewer, ConnectionFilter filter, ListRequest request) {
    Optional<ListPosition> before = ListPosition.before(request);
    ListQuery query = new ListQuery(dialect, viewer, filter);
    String column = column(dialect, request.sort());
    before.ifPresent(
        place -> {
          query.where.append(" AND (").append(column);
          query.where.append(request.descending() ? ", id) < (?, ?)" : ", id) > (?, ?)");
          query.values.add(
              request.sort() == ConnectionSort.NAME
                  ? place.nameKey()
                  : StoredTime.text(place.at()));
          query.values.add(place.id());
        });
    String direction = request.descending() ? " DESC" : "";
    query.where.append(" ORDER BY ").append(column).append(direction);
    query.where.append(", id").append(direction).append(" LIMIT ?");
    query.values.add(request.limit() + 1);
    return query;
  }

  String where() {
    return where.toString();
  }

  List<Object> values() {
    return values;
  }

  private void seenBy(Actor viewer) {
    viewer
        .workspace()
        .ifPresent(workspace -> and("(workspace_id IS NULL OR workspace_id = ?)", workspace));
    if (viewer.role() != Role.ADMIN) {
      and("(visibility <> 'private' OR owner_id = ?)", viewer.user());
    }
  }

  private void and(String condition, Object value) {
    where.append(" AND ").append(condition);
    values.add(value);
  }

  private static String lowerCase(ConnectionFilter filter) {
    ArrayNode types = JsonNodeFactory.instance.arrayNode();
    filter.types().forEach(type -> types.add(type.toLowerCase(Locale.ROOT)));
    return types.toString();
  }

  /** As the index has it, so that it is used. */
  private static String column(Dialect dialect, ConnectionSort sort) {
    return switch (sort) {
      case NAME -> "name_key";
      case CREATED -> "created_at";
      case LAST_TESTED -> dialect.lastTested();
    };
  }
}
