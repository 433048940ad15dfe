package dev.connections.store.jdbc;

import dev.connections.api.TableName;
import dev.connections.core.store.CachedMetadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the cache of metadata. What a source was asked before the cache was emptied isn't kept:
 * each row is written only if the connection still has the versions that it had then.
 */
record StoredMetadata(Transactions transactions) implements CachedMetadata {
  private static final String OF_CONNECTION = " WHERE account_id = ? AND connection_id = ?";

  private static final String SELECT =
      "SELECT object_key, content, cached_at, expires_at FROM connection_metadata_cache"
          + OF_CONNECTION
          + " AND configuration_version = ? AND object_type = ?";

  private static final String KEEP =
      "INSERT INTO connection_metadata_cache (account_id, connection_id, configuration_version,"
          + " object_type, object_key, content, cached_at, expires_at, stale)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
          + " ON CONFLICT (account_id, connection_id, object_type, object_key) DO UPDATE SET"
          + " configuration_version = excluded.configuration_version, content = excluded.content,"
          + " cached_at = excluded.cached_at, expires_at = excluded.expires_at, stale = 0";

  private static final String KEEP_PAGE =
      "INSERT INTO connection_listing_cache (account_id, connection_id, configuration_version,"
          + " schema_key, page_key, content, cached_at, expires_at, stale)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)"
          + " ON CONFLICT (account_id, connection_id, schema_key, page_key) DO UPDATE SET"
          + " configuration_version = excluded.configuration_version, content = excluded.content,"
          + " cached_at = excluded.cached_at, expires_at = excluded.expires_at, stale = 0";

  private static final String SCHEMA = "schema";
  private static final String TABLE = "table";

  @Override
  public List<Row> schemas(Place place) {
    return transactions.read(
        place.account(),
        session -> {
          List<Object> values = values(place, SCHEMA);
          values.addAll(List.of(place.account(), place.connection()));
          return session.list(
              SELECT
                  + " AND NOT EXISTS (SELECT 1 FROM connection_metadata_cache"
                  + OF_CONNECTION
                  + " AND object_type = 'schema' AND stale = 1) ORDER BY object_key",
              values,
              StoredMetadata::row);
        });
  }

  @Override
  public Map<TableName, Row> tables(Place place, Collection<TableName> names) {
    List<Row> rows =
        transactions.read(
            place.account(),
            session -> {
              List<Object> values = values(place, TABLE);
              values.add(TableKey.all(names));
              return session.list(
                  SELECT + " AND stale = 0 AND " + session.dialect().isOneOf("object_key"),
                  values,
                  StoredMetadata::row);
            });
    Map<TableName, Row> byName = new HashMap<>();
    rows.forEach(row -> byName.put(TableKey.parse(row.key()), row));
    return byName;
  }

  private static List<Object> values(Place place, String type) {
    return new ArrayList<>(
        List.of(place.account(), place.connection(), place.configurationVersion(), type));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getString(2),
        StoredTime.parse(row.getString(3)),
        StoredTime.parse(row.getString(4)));
  }

  @Override
  public void keepSchemas(Place place, List<Row> schemas) {
    transactions.write(
        place.account(),
        session -> {
          if (isAsItWas(session, place)) {
            session.update(
                "DELETE FROM connection_metadata_cache" + OF_CONNECTION + " AND object_type = ?",
                place.account(),
                place.connection(),
                SCHEMA);
            session.batch(
                KEEP, schemas.stream().map(schema -> kept(place, SCHEMA, schema)).toList());
          }
          return place;
        });
  }

  @Override
  public void keepTable(Place place, TableName name, Row table) {
    transactions.write(
        place.account(),
        session -> {
          if (isAsItWas(session, place)) {
            session.update(
                "DELETE FROM connection_metadata_cache" + OF_CONNECTION + " AND expires_at < ?",
                place.account(),
                place.connection(),
                StoredTime.text(table.cachedAt()));
            session.update(KEEP, kept(place, TABLE, table));
          }
          return place;
        });
  }

  @Override
  public Optional<Row> page(Place place, String schema, String page) {
    return transactions.read(
        place.account(),
        session ->
            session.first(
                "SELECT page_key, content, cached_at, expires_at FROM connection_listing_cache"
                    + OF_CONNECTION
                    + " AND schema_key = ? AND page_key = ? AND configuration_version = ?"
                    + " AND stale = 0",
                StoredMetadata::row,
                place.account(),
                place.connection(),
                schema,
                page,
                place.configurationVersion()));
  }

  @Override
  public void keepPage(Place place, String schema, Row page) {
    transactions.write(
        place.account(),
        session -> {
          if (isAsItWas(session, place)) {
            session.update(
                "DELETE FROM connection_listing_cache" + OF_CONNECTION + " AND expires_at < ?",
                place.account(),
                place.connection(),
                StoredTime.text(page.cachedAt()));
            session.update(KEEP_PAGE, kept(place, schema, page));
          }
          return place;
        });
  }

  @Override
  public long markPagesStale(String account, String connection) {
    return transactions.write(
        account,
        session -> {
          long marked =
              session.update(
                  "UPDATE connection_listing_cache SET stale = 1"
                      + OF_CONNECTION
                      + " AND stale = 0",
                  account,
                  connection);
          if (marked > 0) {
            grow(session, account, connection);
          }
          return marked;
        });
  }

  private static boolean isAsItWas(Session session, Place place) throws SQLException {
    return session.number(
            "SELECT count(*) FROM connections WHERE account_id = ? AND id = ?"
                + " AND configuration_version = ? AND metadata_version = ?",
            List.of(
                place.account(),
                place.connection(),
                place.configurationVersion(),
                place.metadataVersion()))
        == 1;
  }

  private static List<@Nullable Object> kept(Place place, String kind, Row row) {
    List<@Nullable Object> values = new ArrayList<>(values(place, kind));
    values.add(row.key());
    values.add(row.content());
    values.add(StoredTime.text(row.cachedAt()));
    values.add(StoredTime.text(row.expiresAt()));
    return values;
  }

  @Override
  public long markStale(String account, String connection, Collection<TableName> names) {
    return transactions.write(
        account,
        session -> {
          long marked =
              session.update(
                  "UPDATE connection_metadata_cache SET stale = 1"
                      + OF_CONNECTION
                      + " AND object_type = ? AND stale = 0 AND "
                      + session.dialect().isOneOf("object_key"),
                  account,
                  connection,
                  TABLE,
                  TableKey.all(names));
          if (marked > 0) {
            session.update(
                "UPDATE connection_metadata_cache SET stale = 1"
                    + OF_CONNECTION
                    + " AND object_type = ?",
                account,
                connection,
                SCHEMA);
            grow(session, account, connection);
          }
          return marked;
        });
  }

  @Override
  public void forget(String account, String connection) {
    transactions.write(
        account,
        session -> {
          session.update(
              "DELETE FROM connection_metadata_cache" + OF_CONNECTION, account, connection);
          session.update(
              "DELETE FROM connection_listing_cache" + OF_CONNECTION, account, connection);
          grow(session, account, connection);
          return account;
        });
  }

  /** Other nodes see it with the connection's row, and look up anew what they have in memory. */
  private static void grow(Session session, String account, String connection) throws SQLException {
    session.update(
        "UPDATE connections SET metadata_version = metadata_version + 1"
            + " WHERE account_id = ? AND id = ?",
        account,
        connection);
  }
}
