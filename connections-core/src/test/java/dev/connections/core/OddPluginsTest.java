package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.testkit.LogCapture;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Plugins that say little, answer oddly or never return, and what their host sees of it. */
final class OddPluginsTest {
  private static final Field<Boolean> ODD_RULE = Field.flag("odd_rule").preset(false);

  private static Connections connections(Odd odd) {
    return Connections.builder()
        .provider(odd)
        .pluginLoader(Optional.empty())
        .drainTimeout(Duration.ofMillis(10))
        .build();
  }

  private static TenantConnections ada(Connections connections) {
    return connections.as(Actor.of("acme", "ada", Role.MEMBER));
  }

  @Test
  void the_stored_command_timeout_bounds_each_round_trip_of_a_plugin_that_sets_none() {
    Odd odd = new Odd();
    try (Connections connections = connections(odd)) {
      TenantConnections ada = ada(connections);
      Connection made =
          ada.create(ConnectionDraft.of("odd", "Odd").set("advanced.command_timeout", 7));
      assertThat(ada.test(made.id()).passed()).isTrue();
      assertThat(odd.timeout.get()).isEqualTo(Duration.ofSeconds(7));
      odd.limits = CallLimits.parallel(1).withTimeout(Duration.ofSeconds(3));
      assertThat(ada.test(ConnectionDraft.of("odd", "Odd")).passed()).isTrue();
      assertThat(odd.timeout.get()).isEqualTo(Duration.ofSeconds(3));
      odd.limits = CallLimits.parallel(1);
      assertThat(ada.test(ConnectionDraft.of("odd", "Odd").set("advanced.timeout", 5)).passed())
          .isTrue();
      assertThat(odd.timeout.get()).isEqualTo(Duration.ofSeconds(5));
      assertThat(ada.test(ConnectionDraft.of("odd", "Odd")).passed()).isTrue();
      assertThat(odd.timeout.get())
          .as("only the test itself is bounded")
          .isGreaterThan(Duration.ofSeconds(7));
    }
  }

  @Test
  void a_list_with_nothing_in_it_is_a_defect_of_the_plugin() {
    try (Connections connections = connections(new Odd())) {
      TenantConnections ada = ada(connections);
      Connection made = ada.create(ConnectionDraft.of("odd", "Odd"));
      failing(() -> ada.listSchemas(made.id()), StandardErrorCode.INTERNAL);
    }
  }

  @Test
  void a_rule_that_throws_is_a_defect_of_the_plugin() {
    try (Connections connections = connections(new Odd())) {
      TenantConnections ada = ada(connections);
      ConnectionDraft draft = ConnectionDraft.of("odd", "Odd").set("odd_rule", true);
      failing(() -> ada.create(draft), StandardErrorCode.INTERNAL);
      failing(() -> ada.test(draft), StandardErrorCode.INTERNAL);
    }
  }

  @Test
  void an_adapter_that_never_ends_closing_does_not_keep_its_host_from_ending() {
    Odd odd = new Odd();
    Connections connections = connections(odd);
    TenantConnections ada = ada(connections);
    assertThat(ada.test(ada.create(ConnectionDraft.of("odd", "Odd")).id()).passed()).isTrue();
    odd.closing = new CountDownLatch(1);
    try (LogCapture logged = LogCapture.start()) {
      connections.close();
      assertThat(logged.text()).contains("Adapters that take longer than PT5S to close");
    }
    odd.closing.countDown();
  }

  private static final class Odd implements ConnectionAdapterProvider {
    private final AtomicReference<Duration> timeout = new AtomicReference<>(Duration.ZERO);
    private volatile CallLimits limits = CallLimits.parallel(1);
    private volatile CountDownLatch closing = new CountDownLatch(0);

    @Override
    public ConnectionType type() {
      return ConnectionType.of("odd", "Odd", ConnectionType.Family.OTHER).build();
    }

    @Override
    public ConfigurationSpec configuration() {
      return ConfigurationSpec.version(1)
          .group(
              "advanced",
              "Advanced",
              ODD_RULE,
              Field.seconds("advanced.command_timeout"),
              Field.seconds("advanced.timeout"))
          .rule(
              configuration -> {
                if (configuration.get(ODD_RULE)) {
                  throw new IllegalStateException("foreign text");
                }
                return List.of();
              })
          .build();
    }

    @Override
    public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
      return new OddAdapter(this, context);
    }
  }

  private record OddAdapter(Odd odd, AdapterContext context) implements ConnectionAdapter {
    @Override
    public TestResult test(Operation operation) {
      return TestSteps.of(operation)
          .step(
              "ask",
              "Ask",
              step ->
                  odd.timeout.set(
                      context
                          .calls(odd.limits)
                          .read("ask", operation, attempt -> attempt.timeout())))
          .result();
    }

    @Override
    public List<SchemaInfo> listSchemas(Operation operation) {
      return Arrays.asList((SchemaInfo) null);
    }

    @Override
    public Page<TableInfo> listTables(TableQuery query, Operation operation) {
      throw new AssertionError("not asked here");
    }

    @Override
    public TableMetadata getTableMetadata(TableName table, Operation operation) {
      throw new AssertionError("not asked here");
    }

    @Override
    public ImportEnd importMetadata(
        ImportSelection selection, MetadataSink sink, Operation operation) {
      throw new AssertionError("not asked here");
    }

    @Override
    public void close() {
      boolean interrupted = false;
      while (true) {
        try {
          odd.closing.await();
          break;
        } catch (InterruptedException goesOnAllTheSame) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
