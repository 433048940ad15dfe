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
import org.junit.jupiter.params.provider.CsvSource;
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

  private static Failure failure(ConfigurationValues values) {
    Failure failure = tested(values).firstFailure().orElseThrow();
    assertThat(failure.toString()).doesNotContain(SECRET, ServerError.MARK);
    assertThat(failure.remedy()).isPresent();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"service_principal", "password"})
  void a_wrong_secret_is_told_without_the_words_of_entra(String mode) {
    Failure failure = failure(values(mode, "wrong-" + SECRET));

    assertThat(failure.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(failure.message())
        .isEqualTo("Microsoft Entra doesn't accept the application's secret.");
    assertThat(failure.fields()).containsExactly("authentication.password");
  }

  @ParameterizedTest
  @CsvSource({
    "7000215, WRONG_CREDENTIALS,   authentication.password",
    "7000222, EXPIRED_CREDENTIALS, authentication.password",
    "50126,   WRONG_CREDENTIALS,   authentication.username authentication.password",
    "50056,   WRONG_CREDENTIALS,   authentication.username authentication.password",
    "50064,   WRONG_CREDENTIALS,   authentication.username authentication.password",
    "50055,   EXPIRED_CREDENTIALS, authentication.password",
    "50142,   EXPIRED_CREDENTIALS, authentication.password",
    "50144,   EXPIRED_CREDENTIALS, authentication.password",
    "50053,   ACCOUNT_LOCKED,      authentication.username",
    "50057,   ACCOUNT_LOCKED,      authentication.username",
    "7000112, ACCOUNT_LOCKED,      authentication.username",
    "50034,   WRONG_CREDENTIALS,   authentication.username",
    "50020,   WRONG_CREDENTIALS,   authentication.username",
    "51004,   WRONG_CREDENTIALS,   authentication.username",
    "700016,  WRONG_CREDENTIALS,   authentication.username",
    "90002,   METHOD_REFUSED,      server authentication.mode",
    "900023,  METHOD_REFUSED,      server authentication.mode",
    "53000,   METHOD_REFUSED,      authentication.username authentication.mode",
    "53001,   METHOD_REFUSED,      authentication.username authentication.mode",
    "53003,   METHOD_REFUSED,      authentication.username authentication.mode",
    "50005,   METHOD_REFUSED,      authentication.username authentication.mode",
    "50097,   METHOD_REFUSED,      authentication.username authentication.mode",
    "530034,  METHOD_REFUSED,      authentication.username authentication.mode",
    "50072,   METHOD_REFUSED,      authentication.mode",
    "50074,   METHOD_REFUSED,      authentication.mode",
    "50076,   METHOD_REFUSED,      authentication.mode",
    "50079,   METHOD_REFUSED,      authentication.mode",
    "50158,   METHOD_REFUSED,      authentication.mode",
    "65001,   CONSENT_NEEDED,      authentication.mode",
    "90094,   CONSENT_NEEDED,      authentication.mode",
    "500011,  CONSENT_NEEDED,      authentication.mode",
    "650052,  CONSENT_NEEDED,      authentication.mode",
    "90006,   UNAVAILABLE,         authentication.mode",
    "90024,   UNAVAILABLE,         authentication.mode",
    "90033,   UNAVAILABLE,         authentication.mode",
    "99999,   WRONG_CREDENTIALS,   authentication.username authentication.password authentication.mode",
  })
  void each_number_of_entra_has_its_meaning(int number, StandardErrorCode code, String fields) {
    Failure failure = failure(values("service_principal", ScriptedEntra.refusedWith(number)));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.fields()).containsExactly(fields.split(" ", -1));
    assertThat(failure.vendorCode()).contains("AADSTS" + number);
  }

  @ParameterizedTest
  @CsvSource({
    "GONE,      CONNECTION_REFUSED, nothing listens there.",
    "SILENT,    CONNECT_TIMEOUT,    it doesn't answer in time.",
    "UNTRUSTED, CONNECTION_REFUSED, 'its certificate isn''t one that Java trusts, or no encrypted channel comes about.'",
    "NAMELESS,  UNKNOWN_HOST,       its name has no address.",
    "BLOCKED,   UNAVAILABLE,        'the way there breaks, or it answers nothing.'",
  })
  void an_entra_that_cannot_be_reached_is_no_wrong_secret(
      ScriptedEntra.Trouble trouble, StandardErrorCode code, String why) {
    entra.suffer(trouble);
    ConfigurationValues values = values("service_principal", SECRET);

    Failure failure =
        failure(
            trouble == ScriptedEntra.Trouble.SILENT
                ? values.with("advanced.connection_timeout", 5)
                : values);

    assertThat(failure.message()).isEqualTo("Microsoft Entra can't be reached: " + why);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.fields()).containsExactly("authentication.mode");
  }

  @Test
  void without_its_matcher_a_missing_token_would_be_told_otherwise() {
    ConfigurationValues values = values("service_principal", "wrong-" + SECRET);
    Parts unknowing = Parts.STANDARD.with(EnumSet.complementOf(EnumSet.of(SignInFailure.NO_TOKEN)));

    assertThat(tested(values, unknowing).firstFailure().orElseThrow().code())
        .isNotEqualTo(tested(values).firstFailure().orElseThrow().code());
  }
}
