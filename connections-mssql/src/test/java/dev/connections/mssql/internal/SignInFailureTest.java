package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.mssql.tds.Certificates;
import dev.connections.mssql.tds.Encryption;
import dev.connections.mssql.tds.Logins;
import dev.connections.mssql.tds.ServerError;
import dev.connections.mssql.tds.TdsServer;
import dev.connections.testkit.TestOperation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each failure of a sign-in that no number tells, provoked through the driver: each one counts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignInFailureTest {
  private static TdsServer server(SignInFailure wanted) {
    return switch (wanted) {
      case INSISTS_ON_ENCRYPTION, NOT_STRICT ->
          TdsServer.builder().encrypting(Encryption.REQUIRED, Certificates.LOCALHOST).start();
      case NO_DATABASE_OF_AN_IMITATION ->
          TdsServer.builder().logins(Logins.refused(ServerError.of(33_557_097))).start();
      case NATIVE_LIBRARY, NO_TICKET, NO_TOKEN -> TdsServer.builder().start();
    };
  }

  private static ConfigurationValues values(SignInFailure wanted, TdsServer server) {
    ConfigurationValues plain = Opened.values(server.port());
    return switch (wanted) {
      case NATIVE_LIBRARY ->
          plain.with("authentication.type", "windows_auth").with("authentication.scheme", "native");
      case NO_TICKET -> plain.with("authentication.type", "windows_auth");
      case INSISTS_ON_ENCRYPTION, NO_DATABASE_OF_AN_IMITATION, NO_TOKEN -> plain;
      case NOT_STRICT ->
          plain
              .with("ssl.enabled", true)
              .with("ssl.strict", true)
              .with("advanced.connection_timeout", 1);
    };
  }

  private static Failure told(ConfigurationValues values, Set<SignInFailure> known) {
    try (Opened opened = Opened.of(values, Parts.STANDARD.with(known))) {
      return catchThrowableOfType(
              ConnectionException.class, () -> opened.adapter().listSchemas(TestOperation.start()))
          .failure();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_TOKEN") // EntraTest has it
  void without_it_a_failure_would_be_told_otherwise(SignInFailure wanted) {
    try (TdsServer server = server(wanted)) {
      ConfigurationValues values = values(wanted, server);

      Failure known = told(values, EnumSet.allOf(SignInFailure.class));
      assertThat(known).isEqualTo(wanted.failure(List.of(), MssqlFields.SPEC.bind(values)));
      assertThat(known.fields()).isNotEmpty();
      assertThat(known.remedy()).isPresent();

      Failure unknown = told(values, EnumSet.complementOf(EnumSet.of(wanted)));
      assertThat(unknown.message()).isNotEqualTo(known.message());
    }
  }
}
