package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import java.util.EnumSet;
import java.util.Set;

/** Which failures end an import: after these nothing else would be answered either. */
final class Finality {
  private static final Set<Category> FINAL =
      EnumSet.of(
          Category.AUTHENTICATION,
          Category.CANCELLED,
          Category.CONFIGURATION,
          Category.TLS,
          Category.UNREACHABLE,
          Category.INTERNAL);

  private Finality() {}

  static boolean of(ConnectionException failed) {
    return FINAL.contains(failed.category());
  }
}
