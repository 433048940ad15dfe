package dev.connections.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.ConnectionException;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.core.internal.cache.CacheObject;
import dev.connections.core.internal.cache.Fresh;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJson;
import dev.connections.core.internal.json.TableJsonReader;
import dev.connections.core.internal.text.Sha256;
import dev.connections.core.store.CachedMetadata;
import dev.connections.core.store.CachedMetadata.Place;
import dev.connections.core.store.CachedMetadata.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other nodes have read: the store's part of the cache, behind that in memory. Schemas, tables
 * and pages of whole listings are kept there; what was searched for isn't, as each letter that
 * somebody types would be a row. A store that can't be asked is no failure: then the source is.
 *
 * <p>A table with parts of a vendor's own is kept, and isn't given back from here: those parts come
 * back from JSON without their types, and a caller would get them or not as chance has it.
 */
record SharedMetadata(CachedMetadata store, Clock clock) {
  private static final Logger LOG = LoggerFactory.getLogger(SharedMetadata.class);
  private static final int LARGEST = 4 << 20;

  /** How far the clocks of nodes may be apart. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

  /** What is kept of an object, if it was read less than some time ago. */
  @SuppressWarnings("unchecked") // each kind of object has one kind of value
  <T> Optional<Fresh<T>> find(Place place, CacheObject<T> object, Duration youngerThan) {
    if (object instanceof CacheObject.Table table) {
      return guarded(
          () -> (Optional<Fresh<T>>) (Optional<?>) table(place, table.name(), youngerThan));
    }
    if (object instanceof CacheObject.Tables tables) {
      return isWhole(tables.query())
          ? guarded(
              () -> (Optional<Fresh<T>>) (Optional<?>) page(place, tables.query(), youngerThan))
          : Optional.empty();
    }
    return object instanceof CacheObject.Schemas
        ? guarded(() -> (Optional<Fresh<T>>) (Optional<?>) schemas(place, youngerThan))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // each kind of object has one kind of value
  <T> void keep(Place place, CacheObject<T> object, T value, Instant askedAt, Duration life) {
    if (object instanceof CacheObject.Table && value instanceof TableMetadata table) {
      guarded(
          () -> {
            keep(place, table, askedAt, life);
            return Optional.empty();
          });
    } else if (object instanceof CacheObject.Tables tables && value instanceof Page<?> page) {
      if (isWhole(tables.query())) {
        guarded(
            () -> {
              keep(place, tables.query(), (Page<TableInfo>) page, askedAt, life);
              return Optional.empty();
            });
      }
    } else if (object instanceof CacheObject.Schemas && value instanceof List<?> schemas) {
      guarded(
          () -> {
            List<Row> rows =
                schemas.stream().map(schema -> row((SchemaInfo) schema, askedAt, life)).toList();
            store.keepSchemas(place, rows);
            return Optional.empty();
          });
    }
  }

  private Optional<Fresh<TableMetadata>> table(Place place, TableName name, Duration youngerThan) {
    TableName whole = Json.whole(name);
    return Optional.ofNullable(store.tables(place, Set.of(whole)).get(whole))
        .filter(row -> usable(row, youngerThan))
        .flatMap(row -> read(row).map(table -> fresh(table, row)))
        .filter(table -> Json.whole(table.value().name()).equals(whole))
        .filter(table -> !hasOwnParts(table.value()));
  }

  /** The table of a row; empty if another version of the library wrote it in another form. */
  static Optional<TableMetadata> read(Row row) {
    try {
      return Optional.of(TableJsonReader.table(row.content().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private static boolean hasOwnParts(TableMetadata table) {
    return !table.extensions().isEmpty()
        || table.columns().stream().anyMatch(column -> !column.extensions().isEmpty());
  }

  private void keep(Place place, TableMetadata table, Instant askedAt, Duration life) {
    byte[] content = content(table);
    if (content.length <= LARGEST) {
      TableName name = Json.whole(table.name());
      ArrayNode key = key(name.schema()).add(name.table());
      store.keepTable(
          place,
          name,
          row(key.toString(), new String(content, StandardCharsets.UTF_8), askedAt, life));
    }
  }

  private static byte[] content(TableMetadata table) {
    try {
      return TableJson.bytes(table);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
  }

  private static boolean isWhole(TableQuery query) {
    return query.nameContains().isEmpty();
  }

  private Optional<Fresh<Page<TableInfo>>> page(
      Place place, TableQuery query, Duration youngerThan) {
    return store
        .page(place, schemaKey(query), pageKey(query))
        .filter(row -> usable(row, youngerThan))
        .flatMap(row -> readPage(row).map(page -> fresh(page, row)));
  }

  private static Optional<Page<TableInfo>> readPage(Row row) {
    try {
      return Optional.of(TableJsonReader.page(Json.MAPPER.readTree(row.content())));
    } catch (IOException | IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private void keep(
      Place place, TableQuery query, Page<TableInfo> page, Instant askedAt, Duration life) {
    String content = content(page);
    if (content.length() <= LARGEST) {
      store.keepPage(place, schemaKey(query), row(pageKey(query), content, askedAt, life));
    }
  }

  private static String content(Page<TableInfo> page) {
    try {
      return TableJson.page(page);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written", e);
    }
  }

  private static String schemaKey(TableQuery query) {
    return key(Json.whole(query.schema().table("")).schema()).toString();
  }

  /** Of one length, however long a source's tokens are. */
  private static String pageKey(TableQuery query) {
    ArrayNode asked = Json.MAPPER.createArrayNode().add(query.limit());
    query.pageToken().ifPresent(asked::add);
    return HexFormat.of().formatHex(Sha256.of(asked.toString()));
  }

  private Optional<Fresh<List<SchemaInfo>>> schemas(Place place, Duration youngerThan) {
    List<Row> rows = store.schemas(place);
    if (rows.isEmpty() || !rows.stream().allMatch(row -> usable(row, youngerThan))) {
      return Optional.empty();
    }
    try {
      List<SchemaInfo> schemas = rows.stream().map(SharedMetadata::schema).toList();
      return Optional.of(fresh(schemas, rows.get(0)));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private static Row row(SchemaInfo schema, Instant askedAt, Duration life) {
    ObjectNode content = Json.MAPPER.createObjectNode();
    schema.name().catalog().ifPresent(catalog -> content.put("catalog", Json.whole(catalog)));
    content.put("schema", Json.whole(schema.name().schema()));
    schema.description().ifPresent(text -> content.put("description", Json.whole(text)));
    content.put("system", schema.system());
    SchemaName whole = Json.whole(schema.name().table("")).schema();
    return row(key(whole).toString(), content.toString(), askedAt, life);
  }

  private static SchemaInfo schema(Row row) {
    try {
      JsonNode json = Json.MAPPER.readTree(row.content());
      return new SchemaInfo(
          TableJsonReader.schema(json),
          TableJsonReader.text(json, "description"),
          json.path("system").asBoolean());
    } catch (IOException e) {
      throw new IllegalArgumentException("a row that is no JSON");
    }
  }

  private static ArrayNode key(SchemaName schema) {
    ArrayNode key = Json.MAPPER.createArrayNode();
    schema.catalog().ifPresentOrElse(key::add, key::addNull);
    return key.add(schema.schema());
  }

  private static Row row(String key, String content, Instant askedAt, Duration life) {
    Instant at = askedAt.truncatedTo(ChronoUnit.MICROS);
    return new Row(key, content, at, at.plus(life));
  }

  /** A node whose clock is ahead would have its rows outlive all others. */
  private boolean usable(Row row, Duration youngerThan) {
    Instant now = clock.instant();
    return now.isBefore(row.expiresAt())
        && now.isBefore(row.cachedAt().plus(youngerThan))
        && !row.cachedAt().isAfter(now.plus(MOST_AHEAD));
  }

  private <T> Fresh<T> fresh(T value, Row row) {
    Instant now = clock.instant();
    Duration age = Duration.between(row.cachedAt(), now);
    return new Fresh<>(
        value, age.isNegative() ? Duration.ZERO : age, Duration.between(now, row.expiresAt()));
  }

  private static <T> Optional<T> guarded(Supplier<Optional<T>> work) {
    try {
      return work.get();
    } catch (ConnectionException failure) {
      LOG.warn("The cache in the store couldn't be used: {}.", failure.code().id());
      return Optional.empty();
    }
  }
}
