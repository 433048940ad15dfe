package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.mssql.tds.Certificates;
import dev.connections.mssql.tds.Encryption;
import dev.connections.mssql.tds.ScriptedEntra;
import dev.connections.mssql.tds.ServerError;
import dev.connections.mssql.tds.TdsServer;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Identities of Microsoft Entra: the driver and its optional library fetch a token for them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EntraTest {
  private static final String SECRET = "ge+he&im-{4711}";

  private final ScriptedEntra entra = new ScriptedEntra(SECRET);
  private final TdsServer server =
      TdsServer.builder()
          .encrypting(Encryption.REQUIRED, Certificates.LOCALHOST)
          .logins(entra.logins())
          .start();

  @AfterEach
  void close() {
    server.close();
    entra.close();
  }

  /** The library keeps tokens by the identity: each test has another one. */
  private ConfigurationValues values(String mode, String secret) {
    return Opened.values(server.port())
        .with("ssl.enabled", true)
        .with("ssl.trust_store", Certificates.authorityPem())
        .with("authentication.type", "azure_ad")
        .with("authentication.mode", mode)
        .with(
            "authentication.username",
            mode.equals("password")
                ? UUID.randomUUID() + "@example.com"
                : UUID.randomUUID().toString())
        .with("authentication.password", Secret.of(secret));
  }

  /** The name of Entra isn't looked up here. */
  private static EgressPolicy here() {
    EgressPolicy usual = TestAdapterContext.create().egress();
    return new EgressPolicy() {
      @Override
      public List<InetAddress> resolve(String host, int port) {
        return usual.resolve("localhost", port);
      }

      @Override
      public boolean secureRequired() {
        return true;
      }
    };
  }

  private static TestResult tested(ConfigurationValues values) {
    return tested(values, Parts.STANDARD);
  }

  private static TestResult tested(ConfigurationValues values, Parts parts) {
    try (Opened opened = Opened.of(values, parts, TestAdapterContext.create().withEgress(here()))) {
      return opened.adapter().test(TestOperation.start());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"service_principal", "password"})
  void an_identity_signs_in_by_the_token_that_entra_gives_for_it(String mode) {
    TestResult result = tested(values(mode, SECRET));

    assertThat(result.step("authenticate").orElseThrow().status())
        .as(result + " " + entra.asked())
        .isEqualTo(TestResult.Status.PASSED);
    assertThat(server.logins()).isEqualTo(1);
    assertThat(server.faults()).isEmpty();
  }

  private static void isRefused(Failure failure) {
    assertThat(failure.code())
        .as(failure.toString())
        .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(failure.message()).startsWith("Microsoft Entra gave no token");
    assertThat(failure.fields()).contains("authentication.password");
    assertThat(failure.toString()).doesNotContain(SECRET, ServerError.MARK, "AADSTS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"service_principal", "password"})
  void a_wrong_secret_is_told_without_the_words_of_entra(String mode) {
    isRefused(tested(values(mode, "wrong-" + SECRET)).firstFailure().orElseThrow());
  }

  @Test
  void an_entra_that_cannot_be_reached_is_told() {
    entra.vanish();

    isRefused(tested(values("service_principal", SECRET)).firstFailure().orElseThrow());
  }

  @Test
  void without_its_matcher_a_missing_token_would_be_told_otherwise() {
    ConfigurationValues values = values("service_principal", "wrong-" + SECRET);
    Parts unknowing = Parts.STANDARD.with(EnumSet.complementOf(EnumSet.of(SignInFailure.NO_TOKEN)));

    assertThat(tested(values, unknowing).firstFailure().orElseThrow().code())
        .isNotEqualTo(tested(values).firstFailure().orElseThrow().code());
  }
}
