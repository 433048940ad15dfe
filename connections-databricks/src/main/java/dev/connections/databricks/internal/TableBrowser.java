package dev.connections.databricks.internal;

import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.TableInfo;
import dev.connections.api.TableQuery;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.JsonObject;
import dev.connections.http.Paging;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Lists what a schema holds, a page at a time: its tables, then, if they are wanted, its volumes,
 * functions and models. A page's token says which of these lists it goes on with, and where.
 */
final class TableBrowser {
  /** What comes behind the tables, in this order: tokens count on it. */
  private static final List<SchemaObject> OTHERS =
      List.of(SchemaObject.VOLUME, SchemaObject.FUNCTION, SchemaObject.MODEL);

  private final Catalogs catalogs;
  private final boolean withObjects;
  private final Operation operation;

  TableBrowser(Catalogs catalogs, boolean withObjects, Operation operation) {
    this.catalogs = catalogs;
    this.withObjects = withObjects;
    this.operation = operation;
  }

  /** Where a page begins: in which list, zero being that of the tables, and behind what. */
  private record Place(int list, Optional<String> token) {
    static Place of(Optional<String> token) {
      String text = token.orElse("0:");
      int colon = text.indexOf(':');
      boolean ours = colon == 1 && Character.isDigit(text.charAt(0));
      int list = ours ? text.charAt(0) - '0' : 0;
      String rest = ours ? text.substring(colon + 1) : text;
      return new Place(
          Math.min(list, OTHERS.size()), Optional.of(rest).filter(known -> !known.isEmpty()));
    }

    String written() {
      return list + ":" + token.orElse("");
    }
  }

  Page<TableInfo> page(TableQuery query) {
    catalogs.check(query.schema());
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    Set<Place> seen = new HashSet<>();
    Optional<Place> place = Optional.of(Place.of(query.pageToken()));
    List<TableInfo> found = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    do {
      operation.checkpoint();
      Place at = place.get();
      if (!seen.add(at)) {
        throw catalogs.unity().service().failures().of(HttpErrorCode.PAGE_REPEATED).asException();
      }
      Paging.Slice<JsonObject> page = at.list() == 0 ? tables(query, at) : objects(query, at);
      take(query, at, page.rows(), found, notices);
      found.removeIf(info -> !info.name().table().toLowerCase(Locale.ROOT).contains(part));
      place = next(at, page.next());
    } while (found.isEmpty() && place.isPresent());
    return new Page<>(found, place.map(Place::written), OptionalLong.empty(), notices);
  }

  private Optional<Place> next(Place at, Optional<String> token) {
    if (token.isPresent()) {
      return Optional.of(new Place(at.list(), token));
    }
    return withObjects && at.list() < OTHERS.size()
        ? Optional.of(new Place(at.list() + 1, Optional.empty()))
        : Optional.empty();
  }

  private Paging.Slice<JsonObject> tables(TableQuery query, Place at) {
    return UnityCatalog.named(
        "schema",
        query.schema().display(),
        () ->
            catalogs
                .unity()
                .names(query.schema(), query.limit(), at.token(), row -> row, operation));
  }

  private Paging.Slice<JsonObject> objects(TableQuery query, Place at) {
    return catalogs.unity().objects(kind(at), query.schema(), query.limit(), at.token(), operation);
  }

  private static SchemaObject kind(Place at) {
    return OTHERS.get(at.list() - 1);
  }

  private void take(
      TableQuery query,
      Place at,
      List<JsonObject> rows,
      List<TableInfo> found,
      List<Notice> notices) {
    // A table goes before whatever else has its name, as it does in imports.
    Set<String> taken =
        at.list() == 0 || rows.isEmpty()
            ? Set.of()
            : catalogs.unity().tableNames(query.schema(), operation);
    long nameless = 0;
    for (JsonObject row : rows) {
      Optional<TableInfo> info =
          at.list() == 0
              ? TableReader.info(query.schema(), row)
              : row.text("name")
                  .filter(UnityCatalog::isName)
                  .map(name -> kind(at).info(query.schema().table(name), row));
      nameless += info.isPresent() ? 0 : 1;
      if (info.filter(known -> taken.contains(known.name().table())).isPresent()) {
        notices.add(SchemaObjects.sameName(info.get()));
      } else {
        info.ifPresent(found::add);
      }
    }
    notices.addAll(
        at.list() == 0
            ? HiddenNames.tables(query.schema(), nameless)
            : HiddenNames.objects(query.schema(), kind(at).path(), nameless));
  }
}
