package dev.connections.mssql.internal;

import dev.connections.jdbc.CatalogQuery;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the catalog of one server has. Versions differ, and so do servers that imitate SQL Server: a
 * query is fitted to what is there. A line of a query that ends in {@code --? VIEW.COLUMN else
 * TEXT}, or {@code --? VIEW else TEXT}, stands as it is where the server has the view and column;
 * elsewhere the text stands in its place. A line with {@code --!} instead is of a view that all
 * versions have: it stands wherever nothing is known against it.
 *
 * @param names each view by its name, and each column as {@code view.column}
 * @param refused the views that this login may not read
 */
record CatalogViews(Set<String> names, Set<String> refused) {
  private static final Pattern OPTIONAL =
      Pattern.compile("^(.*?) *--([?!]) (\\w+)(\\.\\w+)? else ?(.*)$", Pattern.MULTILINE);

  /** A view of every server: one that doesn't list it doesn't list the catalog's views at all. */
  static final String ALWAYS = "tables";

  /** A server of which nothing is known but that it is one: only what all have is asked for. */
  static final CatalogViews OLDEST = new CatalogViews(Set.of(), Set.of());

  CatalogViews {
    names = Set.copyOf(names);
    refused = Set.copyOf(refused);
  }

  static CatalogViews of(Collection<String> viewsAndColumns, Collection<String> refused) {
    return new CatalogViews(Set.copyOf(viewsAndColumns), Set.copyOf(refused));
  }

  /**
   * The forms in which a query can be asked here: as it fits the server, and, for a server that
   * refuses what it seemed to have, without anything that can be left out.
   */
  List<CatalogQuery> forms(CatalogQuery query) {
    CatalogQuery fitted = query.edited(text -> edited(text, this::has));
    CatalogQuery bare = query.edited(text -> edited(text, line -> false));
    return fitted.text().equals(bare.text()) ? List.of(fitted) : List.of(fitted, bare);
  }

  /** Whether something of a query is left out here that servers of this version have. */
  boolean shortens(CatalogQuery query) {
    return OPTIONAL
        .matcher(query.text())
        .results()
        .anyMatch(line -> !has(line) && (required(line) || names.contains(nameIn(line))));
  }

  private boolean has(MatchResult line) {
    String view = line.group(3);
    boolean known =
        required(line)
            ? !names.contains(ALWAYS) || names.contains(view)
            : names.contains(nameIn(line));
    return known && !refused.contains(view);
  }

  private static boolean required(MatchResult line) {
    return line.group(2).equals("!");
  }

  private static String edited(String text, Predicate<MatchResult> kept) {
    return OPTIONAL
        .matcher(text)
        .replaceAll(line -> Matcher.quoteReplacement(line.group(kept.test(line) ? 1 : 5)));
  }

  private static String nameIn(MatchResult line) {
    String column = line.group(4);
    return column == null ? line.group(3) : line.group(3) + column;
  }

  /** The names in a query of what a server may lack by its version. */
  static List<String> optional(CatalogQuery query) {
    return names(query, line -> !required(line), CatalogViews::nameIn);
  }

  /** The views that a query can be asked without. */
  static List<String> dispensable(CatalogQuery query) {
    return names(query, line -> true, line -> line.group(3));
  }

  private static List<String> names(
      CatalogQuery query, Predicate<MatchResult> wanted, Function<MatchResult, String> name) {
    return OPTIONAL
        .matcher(query.text())
        .results()
        .filter(wanted)
        .map(name)
        .distinct()
        .sorted()
        .toList();
  }
}
