package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.Preset;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stored type name stands for decides, too, where secrets are sent. */
final class PresetsTest {
  private static final Field<String> SERVER = Field.text("server").required().destination();
  private static final Field<String> FLAVOR = Field.text("flavor").preset("plain");
  private static final Field<String> GATEWAY =
      Field.text("gateway").destination().when(FLAVOR, "cloud");
  private static final Field<Secret> KEY = Field.secret("key").required();

  private final Connections connections =
      Connections.builder().provider(new Gated()).pluginLoader(Optional.empty()).build();
  private final TenantConnections ada = connections.as(Actor.of("acme", "ada", Role.MEMBER));

  @AfterEach
  void close() {
    connections.close();
  }

  private static ConnectionDraft draft(String type) {
    return ConnectionDraft.of(type, "Sales")
        .set("server", "db.example.com")
        .set("gateway", "gate.example.com")
        .set("key", Secret.of("hunter2"));
  }

  @Test
  void an_update_of_an_address_that_applies_by_the_type_name_needs_the_secrets_again() {
    Connection made = ada.create(draft("GATED_CLOUD"));
    ConnectionException refused =
        failing(
            () ->
                ada.update(made.id(), ConnectionUpdate.of(made).set("gateway", "evil.example.com")),
            StandardErrorCode.MISSING_SECRET);
    assertThat(refused.failure().fields()).containsExactly("key");
  }

  @Test
  void a_draft_under_another_name_of_the_type_needs_the_secrets_again() {
    Connection made = ada.create(draft("gated"));
    ConnectionDraft cloud =
        ConnectionDraft.of("GATED_CLOUD", "Evil")
            .basedOn(made.id())
            .configuration(made.configuration());
    assertThat(ada.test(cloud).firstFailure().orElseThrow().code())
        .isEqualTo(StandardErrorCode.MISSING_SECRET);
    assertThat(ada.create(ConnectionDraft.of(made).name("Copy")).name()).isEqualTo("Copy");
  }

  private static final class Gated implements ConnectionAdapterProvider {
    @Override
    public ConnectionType type() {
      return ConnectionType.of("gated", "Gated", ConnectionType.Family.OTHER)
          .storedAs(
              "GATED_CLOUD",
              new Preset(
                  "cloud", "Gated cloud", ConfigurationValues.empty().with("flavor", "cloud")))
          .build();
    }

    @Override
    public ConfigurationSpec configuration() {
      return ConfigurationSpec.version(1)
          .group("server", "Server", SERVER, FLAVOR, GATEWAY, KEY)
          .build();
    }

    @Override
    public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
      throw new AssertionError("nothing is dialled: " + List.of(configuration));
    }
  }
}
