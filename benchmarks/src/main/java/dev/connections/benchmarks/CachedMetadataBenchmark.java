package dev.connections.benchmarks;

import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.secrets.KeySource;
import dev.connections.testkit.SyntheticSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A table's metadata that is in the cache, asked for as a host asks: who may see it is checked. */
@State(Scope.Benchmark)
public class CachedMetadataBenchmark {
  private final SyntheticSource source = SyntheticSource.create();
  private final Connections connections =
      Connections.builder()
          .keys(KeySource.ephemeral())
          .audit(InMemoryAuditLog.create())
          .provider(source.provider())
          .build();
  private final TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.MEMBER));
  private final TableName table = SyntheticSource.table(0, 0);
  private final Connection connection =
      mine.create(
          ConnectionDraft.of(source.provider().type().id(), "Synthetic")
              .configuration(source.configuration()));

  /** Made by JMH. */
  public CachedMetadataBenchmark() {}

  /** Fills the cache and checks that it answers. */
  @Setup
  public void fill() {
    mine.getTableMetadata(connection.id(), table);
    long trips = source.counts().roundTrips();
    mine.getTableMetadata(connection.id(), table);
    if (source.counts().roundTrips() != trips) {
      throw new IllegalStateException("the second reading isn't answered from the cache");
    }
  }

  /** Closes everything. */
  @TearDown
  public void close() {
    connections.close();
  }

  /** {@return the metadata, from the cache} */
  @Benchmark
  public TableMetadata cached() {
    return mine.getTableMetadata(connection.id(), table);
  }
}
