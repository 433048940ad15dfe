package dev.connections.mssql.internal;

import dev.connections.mssql.tds.H2Answers;
import dev.connections.mssql.tds.TdsServer;
import java.time.Duration;

/** A server of many tables on this machine, each of whose answers takes a time. For benchmarks. */
public final class ManyTables implements AutoCloseable {
  private final SysCatalog catalog = new SysCatalog();
  private final TdsServer server;

  /**
   * Starts it.
   *
   * @param tables how many, each of three columns with a key and a reference
   * @param latency how long each round trip takes
   */
  public ManyTables(int tables, Duration latency) {
    catalog.many(catalog.schema("sales"), tables);
    server =
        TdsServer.builder()
            .latency(latency)
            .answers(new H2Answers(catalog::connect, sql -> sql))
            .start();
  }

  /** {@return where it listens} */
  public int port() {
    return server.port();
  }

  /** {@return how often a client waited for it} */
  public int roundTrips() {
    return server.roundTrips();
  }

  @Override
  public void close() {
    server.close();
    catalog.close();
  }
}
