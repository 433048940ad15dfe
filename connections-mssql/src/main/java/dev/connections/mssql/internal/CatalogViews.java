package dev.connections.mssql.internal;

import dev.connections.jdbc.CatalogQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the catalog of one server has. Versions differ, and so do servers that imitate SQL Server: a
 * query is fitted to what is there. A line of a query that ends in {@code --? VIEW.COLUMN else
 * TEXT}, or {@code --? VIEW else TEXT}, stands as it is where the server has the view and column;
 * elsewhere the text stands in its place. A line with {@code --!} instead stands wherever the
 * server doesn't refuse it: all versions have it.
 *
 * @param names each view by its name, and each column as {@code view.column}
 */
record CatalogViews(Set<String> names) {
  private static final Pattern OPTIONAL =
      Pattern.compile("^(.*?) *--([?!]) (\\w+)(\\.\\w+)? else ?(.*)$", Pattern.MULTILINE);

  /** A server of which nothing is known but that it is one: only what all have is asked for. */
  static final CatalogViews OLDEST = new CatalogViews(Set.of());

  CatalogViews {
    names = Set.copyOf(names);
  }

  static CatalogViews of(Collection<String> viewsAndColumns) {
    return new CatalogViews(Set.copyOf(viewsAndColumns));
  }

  /** The forms in which a query can be asked here, the fullest first. */
  List<CatalogQuery> forms(CatalogQuery query) {
    Map<String, CatalogQuery> forms = new LinkedHashMap<>();
    for (CatalogQuery form :
        List.of(
            query.edited(this::fit), query.edited(OLDEST::fit), query.edited(CatalogViews::bare))) {
      forms.putIfAbsent(form.text(), form);
    }
    return List.copyOf(forms.values());
  }

  private String fit(String text) {
    return edited(text, line -> line.group(2).equals("!") || names.contains(nameIn(line)));
  }

  private static String bare(String text) {
    return edited(text, line -> false);
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
    Set<String> found = new TreeSet<>();
    Matcher matcher = OPTIONAL.matcher(query.text());
    while (matcher.find()) {
      if (matcher.group(2).equals("?")) {
        found.add(nameIn(matcher.toMatchResult()));
      }
    }
    return new ArrayList<>(found);
  }
}
