package dev.connections.databricks.internal;

import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Tells of names that can't be told from the parts around them, since they hold a dot or a slash,
 * or that aren't there at all. What bears one is left out, and never silently.
 */
final class HiddenNames {
  private HiddenNames() {}

  /** {@return the notice of tables that were left out; none if there are none} */
  static List<Notice> tables(SchemaName schema, long number) {
    return of(new Notice.Scope.Schema(schema), "Tables", number);
  }

  /** {@return the notice of schemas that were left out; none if there are none} */
  static List<Notice> schemas(String catalog, long number) {
    return of(new Notice.Scope.Source(), "Schemas of the catalog " + catalog, number);
  }

  /** {@return the notice of catalogs that were left out; none if there are none} */
  static List<Notice> catalogs(long number) {
    return of(new Notice.Scope.Source(), "Catalogs", number);
  }

  /** {@return the notice of volumes, functions or models that were left out} */
  static List<Notice> objects(SchemaName schema, String path, long number) {
    return of(
        new Notice.Scope.Schema(schema),
        path.substring(0, 1).toUpperCase(Locale.ROOT) + path.substring(1),
        number);
  }

  private static List<Notice> of(Notice.Scope scope, String what, long number) {
    return number == 0
        ? List.of()
        : List.of(
            Notice.of(
                    NoticeCode.SKIPPED,
                    scope,
                    what
                        + " without a name, or with a dot or a slash in it, were left out: "
                        + number
                        + ".")
                .withHidden(number));
  }

  /** {@return how many of some names can't be names} */
  static long in(Collection<String> names) {
    return names.stream().filter(name -> !UnityCatalog.isName(name)).count();
  }
}
