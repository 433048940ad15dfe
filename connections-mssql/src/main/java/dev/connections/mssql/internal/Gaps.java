package dev.connections.mssql.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Section;
import dev.connections.jdbc.CatalogQuery;
import dev.connections.jdbc.Database;
import dev.connections.jdbc.Session;
import dev.connections.jdbc.Session.RowReader;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads sets of the catalog that a server may lack or refuse. What couldn't be read is a gap that
 * is told; the rest goes on. Belongs to one reading.
 */
final class Gaps {
  private final Database database;
  private final CatalogViews views;
  private final Operation operation;
  private final List<Notice> notices = new ArrayList<>();
  private final Set<Section> missing = EnumSet.noneOf(Section.class);

  Gaps(Database database, CatalogViews views, Operation operation) {
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
   * Tries the query as it fits the server, and then as it fits every server: of several views that
   * take part the refused one may be one we can do without.
   */
  private <T> T read(
      Set<Section> sections,
      String what,
      CatalogQuery query,
      Function<CatalogQuery, T> reading,
      T nothing) {
    CatalogQuery fitted = views.fit(query);
    CatalogQuery plain = CatalogViews.OLDEST.fit(query);
    try {
      return reading.apply(fitted);
    } catch (ConnectionException refused) {
      throwUnlessGap(refused);
      if (plain.text().equals(fitted.text())) {
        lost(sections, what, refused);
        return nothing;
      }
    }
    try {
      T read = reading.apply(plain);
      notices.add(
          notice(NoticeCode.NOT_LOADED, "Some details of the " + what + " aren't shown here."));
      return read;
    } catch (ConnectionException refused) {
      throwUnlessGap(refused);
      lost(sections, what, refused);
      return nothing;
    }
  }

  private static void throwUnlessGap(ConnectionException refused) {
    if (!isGap(refused)) {
      throw refused;
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
