package dev.connections.core.internal.importing;

import dev.connections.api.Notice;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;

/** How an adapter can break the rules of the sink. The import goes on, and the user is told. */
enum Defect {
  LISTED_TWICE("listed the table '%s' more than once; it counts once"),
  ANSWERED_TWICE("answered more than once for the table '%s'; the first answer counts"),
  ANSWERED_UNLISTED("answered for the table '%s', which it hadn't listed; it counts as listed"),
  ANSWERED_UNWANTED("answered for the table '%s', which wasn't wanted; the answer was dropped"),
  PLANNED_TWICE("told the cost of the import more than once; the first answer counts"),
  NEVER_PLANNED("read tables without telling before what the import would cost"),
  WENT_ON("went on reading after it was told to stop");

  private static final String REMEDY =
      "This is a defect of the adapter, not of your source. Please report it.";

  private final String text;

  Defect(String text) {
    this.text = text;
  }

  Notice notice(TableName table) {
    return notice(new Notice.Scope.Table(table), String.format(text, table.display()));
  }

  Notice notice() {
    return notice(new Notice.Scope.Source(), text);
  }

  /** {@return a notice that stands for others of this kind which weren't told one by one} */
  Notice more(long count) {
    return notice(
        new Notice.Scope.Source(), String.format(text, "…") + ": and so " + count + " more times");
  }

  private static Notice notice(Notice.Scope scope, String text) {
    return Notice.of(StandardErrorCode.INTERNAL, scope, "The adapter " + text + ".")
        .withRemedy(REMEDY);
  }
}
