package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** How a connection wants to be read. */
final class ReadingSettings {
  private final Configuration configuration;
  private final AdapterContext context;

  ReadingSettings(Configuration configuration, AdapterContext context) {
    this.configuration = configuration;
    this.context = context;
  }

  Parallel parallel() {
    return context.parallel();
  }

  int width() {
    return configuration.get(DatabricksFields.PARALLEL);
  }

  int sliceFrom() {
    return configuration.get(DatabricksFields.SLICE_FROM);
  }

  /** {@return of so many tables of a large schema each is read by itself} */
  int oneByOne() {
    return configuration.get(DatabricksFields.ONE_BY_ONE);
  }

  boolean objects() {
    return configuration.get(DatabricksFields.OBJECTS);
  }

  /** {@return the first day whose lineage is read; empty if none is} */
  Optional<LocalDate> lineageSince() {
    int days = configuration.get(DatabricksFields.LINEAGE_DAYS);
    return days == 0
        ? Optional.empty()
        : Optional.of(
            LocalDate.ofInstant(context.clock().instant(), ZoneOffset.UTC).minusDays(days));
  }

  /**
   * {@return what statements on {@code information_schema} bear} Workspaces share a metastore, and
   * so do connections to them: all of an account keep one budget.
   */
  CallLimits statements(UnityCatalog unity, Operation operation) {
    CallLimits limits =
        CallLimits.parallel(width())
            .withRate(configuration.get(DatabricksFields.RATE), Duration.ofSeconds(1))
            .withTimeout(configuration.get(DatabricksFields.TIMEOUT));
    return unity
        .metastoreId(operation)
        .map(id -> limits.withSharedBudget("databricks metastore " + id))
        .orElse(limits);
  }
}
