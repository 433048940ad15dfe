package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.testkit.BrokenConfiguration.FoundBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must not come out of an adapter: secrets, and exceptions of others. */
interface SecrecyContract extends AdapterUnderTest {
  @Test
  default void no_secret_stands_in_a_failure_or_a_result(AdapterTrial trial) {
    List<Canary> secrets = secrets();
    Sayings said = everythingSaid(trial);

    assertThat(said.texts()).as("what the adapter said").isNotEmpty();
    secrets.forEach(secret -> said.texts().forEach(secret::assertAbsentFrom));
  }

  @Test
  default void no_secret_is_logged(AdapterTrial trial) {
    List<Canary> secrets = secrets();
    try (LogCapture log = LogCapture.start()) {
      everythingSaid(trial);

      secrets.forEach(secret -> secret.assertAbsentFrom("the log", log.text()));
    }
  }

  @Test
  default void only_precise_failures_come_out(AdapterTrial trial) {
    assertThat(everythingSaid(trial).foreign())
        .as("exceptions that are no precise failures")
        .isEmpty();
  }

  private Sayings everythingSaid(AdapterTrial trial) {
    Sayings said = new Sayings(trial);
    said.of("the good configuration", goodConfiguration());
    said.ofOddNames(goodConfiguration());
    brokenConfigurations().forEach(broken -> said.of(broken.description(), broken.values()));
    return said;
  }

  private List<Canary> secrets() {
    List<Canary> secrets = new ArrayList<>(canaries());
    List<ConfigurationValues> all = new ArrayList<>();
    all.add(goodConfiguration());
    brokenConfigurations().stream()
        .filter(broken -> broken.foundBy() == FoundBy.TEST)
        .forEach(broken -> all.add(broken.values()));
    for (Field<?> field : provider().configuration().fields()) {
      if (field.isSecret()) {
        for (ConfigurationValues values : all) {
          secretOf(field, provider().configuration().canonical(values)).ifPresent(secrets::add);
        }
      }
    }
    return secrets;
  }

  private static Optional<Canary> secretOf(Field<?> field, ConfigurationValues values) {
    return values
        .find(field.path())
        .map(
            value ->
                value instanceof Secret secret ? secret.use(String::new) : String.valueOf(value))
        .filter(value -> value.length() >= Canary.SHORTEST)
        .map(value -> Canary.of(field.path(), value));
  }
}
