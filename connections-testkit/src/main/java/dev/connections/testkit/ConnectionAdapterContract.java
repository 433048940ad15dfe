package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/**
 * The contract that every adapter passes. An adapter's test class extends it, says how to make a
 * configuration that works and some that don't, and which features there are; the tests are
 * inherited.
 *
 * <pre>{@code
 * class ShelfContractTest extends ConnectionAdapterContract {
 *   @Override
 *   public ConnectionAdapterProvider provider() {
 *     return new ShelfProvider();
 *   }
 *
 *   @Override
 *   public ConfigurationValues goodConfiguration() {
 *     return ConfigurationValues.empty().with("shelf", "novels");
 *   }
 *   ...
 * }
 * }</pre>
 *
 * <p>Each test opens adapters of its own and closes them. What a test class holds, such as a
 * server, is best made anew for each test too: {@link #goodConfiguration} and the others are called
 * several times in one test and must then speak of the same source. The source must not change
 * meanwhile.
 *
 * <p>Compiled against JUnit 5.14; it runs on JUnit 6 as well.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ConnectionAdapterContract
    implements DescriptionContract,
        ConnectionStringContract,
        TestingContract,
        BrowsingContract,
        ImportContract,
        SinkContract,
        EndingContract,
        FeatureContract,
        SecrecyContract {

  /** For the test classes of adapters. */
  protected ConnectionAdapterContract() {}

  /** {@return the provider under test} */
  @Override
  public abstract ConnectionAdapterProvider provider();

  /**
   * {@return values that work} The source behind them has at least one schema and a few tables;
   * some dozens make the tests stronger, more make them slower. Secrets in it have at least six
   * characters, so that they can be looked for.
   */
  @Override
  public abstract ConfigurationValues goodConfiguration();

  /**
   * {@return values that don't work, each broken in one way} At least one; the more ways of failing
   * they cover, the better.
   */
  @Override
  public abstract List<BrokenConfiguration> brokenConfigurations();

  /** {@return the name of a table that is there in the good configuration} */
  @Override
  public abstract TableName someTable();

  /**
   * {@return the features that an adapter of the good configuration offers} They are among {@link
   * ConnectionAdapterProvider#features}. None, unless overridden.
   */
  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of();
  }

  /**
   * {@return values of a source each of whose calls takes a time, with default settings otherwise;
   * empty if that can't be arranged} Tests that need it are skipped then, as they are unless
   * overridden. A remote adapter overrides it.
   *
   * @param latency how long each call to the source takes
   */
  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    return Optional.empty();
  }

  /**
   * {@return a configuration stored under each earlier version of the spec, with values that work}
   * None, unless overridden: enough for a spec of version 1 only.
   */
  @Override
  public List<StoredExample> storedExamples() {
    return List.of();
  }

  /**
   * {@return further secrets to look for} The secrets of {@link #goodConfiguration} and {@link
   * #brokenConfigurations} are looked for in any case; add what the source hands out, such as
   * tokens. None, unless overridden.
   */
  @Override
  public List<Canary> canaries() {
    return List.of();
  }

  /**
   * {@return paths of fields that are named like a secret and are none} For example {@code
   * partition_key}. None, unless overridden.
   */
  @Override
  public Set<String> publicFields() {
    return Set.of();
  }

  /**
   * {@return the surroundings of a new adapter} A {@link TestAdapterContext}, unless overridden.
   * The contract watches the calls that are made through it.
   */
  @Override
  public AdapterContext context() {
    return TestAdapterContext.create();
  }
}
