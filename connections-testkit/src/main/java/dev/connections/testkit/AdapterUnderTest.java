package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the parts of the contract ask of an adapter's test class. */
@ExtendWith(TrialExtension.class)
interface AdapterUnderTest {
  ConnectionAdapterProvider provider();

  ConfigurationValues goodConfiguration();

  List<BrokenConfiguration> brokenConfigurations();

  TableName someTable();

  Set<Class<?>> declaredFeatures();

  Optional<ConfigurationValues> withLatency(Duration latency);

  List<StoredExample> storedExamples();

  List<Canary> canaries();

  Set<String> publicFields();

  AdapterContext context();
}
