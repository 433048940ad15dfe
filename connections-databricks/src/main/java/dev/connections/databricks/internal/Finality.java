package dev.connections.databricks.internal;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.databricks.DatabricksErrorCode;
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

  private static final Set<ErrorCode> NO_COMPUTE =
      Set.of(
          DatabricksErrorCode.COMPUTE_STOPPED,
          DatabricksErrorCode.COMPUTE_STARTING,
          DatabricksErrorCode.NO_COMPUTE);

  private Finality() {}

  static boolean of(ConnectionException failed) {
    return FINAL.contains(failed.category());
  }

  /** {@return the same for what is done by statements alone} */
  static boolean ofStatements(ConnectionException failed) {
    return of(failed) || NO_COMPUTE.stream().anyMatch(failed::is);
  }
}
