package dev.connections.testkit;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The contract on a synthetic adapter that misbehaves. It is run by {@link ContractProofTest} only,
 * which says how.
 */
class MisbehavingAdapters extends SyntheticContractTest {
  /** Set before a run; the tests of the contract run on threads of their own. */
  static volatile Misbehaviour current =
      Misbehaviour.of("none", source -> new Twist.Provider(source.provider()));

  private final ConnectionAdapterProvider twisted = current.twist().of(source);

  @Override
  public ConnectionAdapterProvider provider() {
    return twisted;
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return source.configuration(2, 12, 3);
  }

  /** Without those that are tried again, to save time. */
  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    return super.brokenConfigurations().stream()
        .filter(broken -> !broken.field().equals("port") && !broken.field().equals("host"))
        .toList();
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    return current.slowable() ? super.withLatency(latency) : Optional.empty();
  }
}
