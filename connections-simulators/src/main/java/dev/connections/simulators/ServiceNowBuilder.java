package dev.connections.simulators;

import dev.connections.simulators.internal.servicenow.Instance;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What a {@link ServiceNowSimulator} starts with. For use by one thread. */
public final class ServiceNowBuilder {
  private final int tables;
  private int columns;
  private int rowsPerTable = 3;
  private long seed = 1;
  private Clock clock = Clock.systemUTC();
  private final List<Path> folders = new ArrayList<>();

  ServiceNowBuilder(int tables) {
    if (tables < 0) {
      throw new IllegalArgumentException("there can't be " + tables + " tables");
    }
    this.tables = tables;
    this.columns = 20 * tables;
  }

  /**
   * How many columns the tables declare together.
   *
   * @param count of the rows in {@code sys_dictionary} that are columns; inherited ones count once
   * @return this builder
   */
  public ServiceNowBuilder columns(int count) {
    columns = count;
    return this;
  }

  /**
   * How many rows each table has that the dictionary describes.
   *
   * @param count of generated rows; three unless set
   * @return this builder
   */
  public ServiceNowBuilder rowsPerTable(int count) {
    rowsPerTable = count;
    return this;
  }

  /**
   * What the generated data comes from.
   *
   * @param value the same for the same data; one unless set
   * @return this builder
   */
  public ServiceNowBuilder seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Loads tables from files. A loaded table takes the place of a generated one.
   *
   * @param folder with one file {@code <table>.json} per table, as the Table API answers: {@code
   *     {"result":[…]}}, references with their links; other files are left alone
   * @return this builder
   */
  public ServiceNowBuilder load(Path folder) {
    folders.add(folder);
    return this;
  }

  /**
   * What tokens and the hourly limit tell the time by.
   *
   * @param time the machine's unless set
   * @return this builder
   */
  public ServiceNowBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /**
   * Makes the data and starts the service on a free port.
   *
   * @return the running service, to be closed
   * @throws java.io.UncheckedIOException if a folder to load can't be read
   */
  public ServiceNowSimulator start() {
    Instance instance = new Instance(rowsPerTable, seed);
    instance.describe(tables, columns, seed);
    folders.forEach(instance::load);
    return new ServiceNowSimulator(instance, clock);
  }
}
