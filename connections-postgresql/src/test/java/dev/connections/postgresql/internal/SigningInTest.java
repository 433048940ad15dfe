package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SigningInTest {
  @Test
  void a_wrong_password_is_sent_once_for_each_call_and_told_each_time() {
    String database = PostgresServer.newDatabase();
    try (Proxy proxy = new Proxy(Duration.ZERO)) {
      PostgresProvider provider = new PostgresProvider();
      try (ConnectionAdapter adapter =
          provider.open(
              provider
                  .configuration()
                  .bind(
                      PostgresServer.values(database, proxy.port())
                          .with("authentication.password", Secret.of("wrong-1234"))),
              TestAdapterContext.create())) {
        for (int i = 1; i <= 3; i++) {
          ConnectionException thrown =
              catchThrowableOfType(
                  ConnectionException.class, () -> adapter.listSchemas(TestOperation.start()));

          assertThat(thrown.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
          assertThat(proxy.connections()).isEqualTo(i);
        }
      }
    }
  }
}
