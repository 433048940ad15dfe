package dev.connections.mssql.internal;

import dev.connections.jdbc.CatalogQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the catalog of one server has. Versions differ, and so do servers that imitate SQL Server: a
 * query is fitted to what is there. A line of a query that ends in {@code --? VIEW.COLUMN else
 * TEXT}, or {@code --? VIEW else TEXT}, stands as it is where the server has the view and column;
 * elsewhere the text stands in its place.
 *
 * @param names each view by its name, and each column as {@code view.column}
 */
record CatalogViews(Set<String> names) {
  private static final Pattern OPTIONAL =
      Pattern.compile("^(.*?) *--\\? (\\w+)(\\.\\w+)? else ?(.*)$", Pattern.MULTILINE);

  /** A server of which nothing is known but that it is one: only what all have is asked for. */
  static final CatalogViews OLDEST = new CatalogViews(Set.of());

  CatalogViews {
    names = Set.copyOf(names);
  }

  static CatalogViews of(Collection<String> viewsAndColumns) {
    return new CatalogViews(Set.copyOf(viewsAndColumns));
  }

  boolean has(String name) {
    return names.contains(name);
  }

  CatalogQuery fit(CatalogQuery query) {
    return query.edited(this::fit);
  }

  private String fit(String text) {
    return OPTIONAL
        .matcher(text)
        .replaceAll(
            line -> Matcher.quoteReplacement(has(nameIn(line)) ? line.group(1) : line.group(4)));
  }

  private static String nameIn(MatchResult line) {
    String column = line.group(3);
    return column == null ? line.group(2) : line.group(2) + column;
  }

  /** The names in a query of what a server may lack. */
  static List<String> optional(CatalogQuery query) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = OPTIONAL.matcher(query.text());
    while (matcher.find()) {
      found.add(nameIn(matcher.toMatchResult()));
    }
    return new ArrayList<>(found);
  }
}
