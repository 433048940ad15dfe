package dev.connections.postgresql.internal;

import dev.connections.api.Section;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.CatalogReading;
import dev.connections.jdbc.OrderedRows;
import dev.connections.jdbc.Session;
import dev.connections.postgresql.internal.Rows.ColumnRow;
import dev.connections.postgresql.internal.Rows.ConstraintRow;
import dev.connections.postgresql.internal.Rows.DefaultRow;
import dev.connections.postgresql.internal.Rows.IndexRow;
import dev.connections.postgresql.internal.Rows.Place;
import dev.connections.postgresql.internal.Rows.SequenceRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to read of tables, as streams side by side in the order of the tables' ids, all of
 * one moment. Columns and their defaults are there for every table, the rest as far as it is
 * wanted.
 */
record TableStreams(
    OrderedRows<ColumnRow> columns,
    OrderedRows<DefaultRow> defaults,
    Optional<OrderedRows<ConstraintRow>> constraints,
    Optional<OrderedRows<IndexRow>> indexes,
    Optional<OrderedRows<SequenceRow>> sequences,
    Optional<OrderedRows<Place>> places,
    Optional<OrderedRows<String>> definitions) {

  /** Rows fetched at a time: a round trip each, and some hundred kilobytes. */
  private static final int MANY = 5_000;

  /** A view's text may be long. */
  private static final int SOME = 200;

  private static final String ONE_MOMENT = "set transaction isolation level repeatable read";

  /** So many are named at most: beyond them the names cost more than a database has. */
  private static final int FEW = 2_000;

  /** Naming a table costs the server up to so many times what reading it among all does. */
  private static final int COST_OF_A_NAME = 2;

  /** The ids of the tables that are read, if they are few, and what is read of them. */
  private record Choice(Optional<List<Long>> few, Set<Section> sections) {
    private CatalogQuery of(Queries.Narrowable query) {
      return few.isPresent() ? query.some() : query.whole();
    }

    private Session.Binder binder(Queries.Narrowable query) {
      return few.map(query::binder).orElse(Session.Binder.NONE);
    }

    private boolean any(Section... wanted) {
      return Set.of(wanted).stream().anyMatch(sections::contains);
    }
  }

  /**
   * Opens the streams.
   *
   * @param ids of the tables that are wanted
   */
  static TableStreams open(CatalogReading reading, List<Long> ids, Set<Section> sections)
      throws SQLException {
    reading.execute(ONE_MOMENT);
    int many = COST_OF_A_NAME * Math.min(ids.size(), FEW);
    boolean amongMany =
        reading
            .list(
                Queries.SETTINGS,
                statement -> statement.setInt(1, many),
                row -> row.getLong(3) == many)
            .get(0);
    Choice choice =
        new Choice(amongMany && ids.size() <= FEW ? Optional.of(ids) : Optional.empty(), sections);
    PostgresTypes types =
        new PostgresTypes(
            reading.list(choice.of(Queries.TYPES), choice.binder(Queries.TYPES), Rows::type));
    return new TableStreams(
        stream(reading, choice, Queries.COLUMNS, row -> Rows.column(row, types), MANY),
        stream(reading, choice, Queries.DEFAULTS, Rows::defaulted, MANY),
        choice.any(Section.KEYS, Section.FOREIGN_KEYS, Section.CHECKS, Section.PROPERTIES)
            ? Optional.of(stream(reading, choice, Queries.CONSTRAINTS, Rows::constraint, MANY))
            : Optional.empty(),
        choice.any(Section.INDEXES)
            ? Optional.of(stream(reading, choice, Queries.INDEXES, Rows::index, MANY))
            : Optional.empty(),
        choice.any(Section.PROPERTIES)
            ? Optional.of(stream(reading, choice, Queries.SEQUENCES, Rows::sequence, MANY))
            : Optional.empty(),
        choice.any(Section.PARTITIONING, Section.PROPERTIES)
            ? Optional.of(stream(reading, choice, Queries.PARTITIONING, Rows::place, MANY))
            : Optional.empty(),
        choice.any(Section.DEFINITION)
            ? Optional.of(
                stream(
                    reading,
                    choice,
                    Queries.DEFINITIONS,
                    row -> Rows.orEmpty(row.getString(2)),
                    SOME))
            : Optional.empty());
  }

  private static <T> OrderedRows<T> stream(
      CatalogReading reading,
      Choice choice,
      Queries.Narrowable query,
      Session.RowReader<T> reader,
      int fetch)
      throws SQLException {
    return reading.stream(choice.of(query), choice.binder(query), reader, fetch);
  }

  static <T> List<T> of(Optional<OrderedRows<T>> stream, long id) {
    return stream.map(rows -> rows.of(id)).orElse(List.of());
  }
}
