package dev.connections.testkit;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The contract, passed by the synthetic adapter. */
class SyntheticContractTest extends ConnectionAdapterContract {
  final SyntheticSource source = SyntheticSource.create();

  @Override
  public ConnectionAdapterProvider provider() {
    return source.provider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return source.configuration(3, 30, 9);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    ConfigurationValues good = goodConfiguration();
    return List.of(
        BrokenConfiguration.foundByTest(
            "a wrong password",
            good.with("authentication.password", "wrong-" + Canary.create("x").value()),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.password"),
        BrokenConfiguration.foundByTest(
            "a wrong token",
            source.tokenConfiguration().with("authentication.token", "wrong-token"),
            StandardErrorCode.WRONG_CREDENTIALS,
            "authentication.token"),
        BrokenConfiguration.foundByTest(
            "a wrong host",
            good.with("host", "nowhere.example.com"),
            StandardErrorCode.UNKNOWN_HOST,
            "host"),
        BrokenConfiguration.foundByTest(
            "a wrong port", good.with("port", 4712), StandardErrorCode.CONNECTION_REFUSED, "port"),
        BrokenConfiguration.foundByValidation(
            "no password",
            good.without("authentication.password"),
            StandardErrorCode.MISSING_SECRET,
            "authentication.password"),
        BrokenConfiguration.foundByValidation(
            "an unknown field",
            good.with("hots", "x"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "hots"),
        BrokenConfiguration.foundByValidation(
            "too many tables",
            source.configuration(10_000, 1_000_000, 1),
            StandardErrorCode.INVALID_CONFIGURATION,
            "advanced.tables"));
  }

  @Override
  public TableName someTable() {
    return SyntheticSource.table(1, 7);
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of(RowPreview.class);
  }

  @Override
  public Optional<ConfigurationValues> withLatency(Duration latency) {
    source.faults().latency(latency);
    return Optional.of(source.configuration());
  }

  @Override
  public List<StoredExample> storedExamples() {
    return List.of(new StoredExample(1, source.storedUnderVersion1()));
  }

  @Override
  public List<Canary> canaries() {
    return List.of(source.password(), source.token());
  }
}
