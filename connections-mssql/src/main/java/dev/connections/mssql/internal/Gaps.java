package dev.connections.mssql.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.OrderedRows;
import dev.connections.jdbc.Session;
import dev.connections.jdbc.Session.RowReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads sets of the catalog that a server may lack or refuse. What couldn't be read is a gap that
 * is told; the rest goes on. Belongs to one reading.
 */
final class Gaps {
  private static final Notice OLDEST =
      notice(
          NoticeCode.NOT_LOADED,
          "This server doesn't tell what its catalog has; what newer versions know isn't shown.");

  /**
   * A server that refused what it seemed to have of so many queries is asked for the least from
   * then on: so an import never takes more statements than it may.
   */
  private static final int PATIENCE = 3;

  private final Database database;
  private final Known views;
  private final Operation operation;
  private final List<Notice> notices = new ArrayList<>();
  private final Set<Section> missing = EnumSet.noneOf(Section.class);
  private int refusals;

  /** What is known of a server's catalog. */
  interface Known {
    /** What it has; the server is asked, if it wasn't yet. */
    CatalogViews asked();

    /** What it has, as far as it was asked already. */
    CatalogViews unasked();
  }

  /** What is read of one server. */
  Gaps(Database database, Known views, Operation operation) {
    this.database = database;
    this.views = views;
    this.operation = operation;
  }

  /** What wasn't read, and why. */
  List<Notice> notices() {
    return List.copyOf(notices);
  }

  /** The sections that are missing altogether. */
  Set<Section> missing() {
    return missing;
  }

  /**
   * The rows of each object; none if they can't be read.
   *
   * @param sections what is missing then altogether
   * @param what the rows, in a user's words
   */
  <T> Map<Long, List<T>> byId(
      Set<Section> sections, String what, CatalogQuery query, RowReader<T> reader) {
    return read(
        sections,
        what,
        query,
        fitted -> database.byId(fitted, Session.Binder.NONE, reader, operation),
        Map.of());
  }

  /**
   * The rows; none if they can't be read.
   *
   * @param sections what is missing then altogether
   * @param what the rows, in a user's words
   */
  <T> List<T> list(
      Set<Section> sections,
      String what,
      CatalogQuery query,
      Session.Binder binder,
      RowReader<T> reader) {
    return read(
        sections,
        what,
        query,
        fitted -> database.list(fitted, binder, reader, operation),
        List.of());
  }

  /**
   * The rows of each object as a stream in the order of their ids; empty if they can't be read.
   *
   * @param sections what is missing then altogether
   * @param what the rows, in a user's words
   */
  <T> Optional<OrderedRows<T>> stream(
      Set<Section> sections, String what, CatalogQuery query, RowReader<T> reader) {
    return read(
        sections, what, query, fitted -> Optional.of(stream(fitted, reader)), Optional.empty());
  }

  private <T> OrderedRows<T> stream(CatalogQuery query, RowReader<T> reader) {
    return database.stream(query, Session.Binder.NONE, reader, operation);
  }

  /** A stream without which nothing can be read. */
  <T> OrderedRows<T> requiredStream(String what, CatalogQuery query, RowReader<T> reader) {
    return tried(what, query, fitted -> stream(fitted, reader));
  }

  /** Rows without which nothing can be read. */
  <T> List<T> required(
      String what, CatalogQuery query, Session.Binder binder, RowReader<T> reader) {
    return tried(what, query, fitted -> database.list(fitted, binder, reader, operation));
  }

  /**
   * Tries the query as it fits the server, and then as it fits every server: of several views that
   * take part the refused one may be one we can do without.
   */
  private <T> T tried(String what, CatalogQuery query, Function<CatalogQuery, T> reading) {
    CatalogViews known = known(query);
    List<CatalogQuery> forms = known.forms(query);
    boolean shortened = known.shortens(query);
    int first = refusals < PATIENCE ? 0 : forms.size() - 1;
    for (int i = first; ; i++) {
      try {
        T read = reading.apply(forms.get(i));
        if (i > 0 || shortened) {
          notices.add(
              notice(NoticeCode.NOT_LOADED, "Some details of the " + what + " aren't shown here."));
        }
        return read;
      } catch (ConnectionException refused) {
        if (!isGap(refused) || i == forms.size() - 1) {
          throw refused;
        }
        refusals++;
      }
    }
  }

  /** A query that only needs what every version has isn't worth a question of its own. */
  private CatalogViews known(CatalogQuery query) {
    if (CatalogViews.optional(query).isEmpty()) {
      return views.unasked();
    }
    CatalogViews known = views.asked();
    if (known.equals(CatalogViews.OLDEST) && !notices.contains(OLDEST)) {
      notices.add(OLDEST);
    }
    return known;
  }

  private <T> T read(
      Set<Section> sections,
      String what,
      CatalogQuery query,
      Function<CatalogQuery, T> reading,
      T nothing) {
    try {
      return tried(what, query, reading);
    } catch (ConnectionException refused) {
      if (!isGap(refused)) {
        throw refused;
      }
      lost(sections, what, refused);
      return nothing;
    }
  }

  /** Whether a server said that it hasn't got, or won't show, what was asked. */
  static boolean isGap(ConnectionException refused) {
    Category category = refused.category();
    return category == Category.PERMISSION
        || category == Category.NOT_FOUND
        || category == Category.UNSUPPORTED;
  }

  private void lost(Set<Section> sections, String what, ConnectionException refused) {
    missing.addAll(sections);
    if (refused.category() == Category.PERMISSION) {
      notices.add(
          notice(NoticeCode.HIDDEN_BY_PERMISSION, "The " + what + " may not be read by this login.")
              .withRemedy("Ask for the right VIEW DEFINITION on the database."));
    } else {
      notices.add(notice(NoticeCode.NOT_LOADED, "This server has no catalog of the " + what + "."));
    }
  }

  private static Notice notice(NoticeCode code, String message) {
    return Notice.of(code, new Notice.Scope.Source(), message);
  }
}
