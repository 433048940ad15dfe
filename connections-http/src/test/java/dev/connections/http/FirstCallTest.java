package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.testkit.TestOperation;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstCallTest {
  private static TestResult tested(HttpService service) {
    TestOperation operation = TestOperation.start();
    FirstCall<JsonObject> first =
        new FirstCall<>(
            service, () -> service.write("x", HttpRequest.get("a"), JsonObject::read, operation));
    return first
        .steps(operation)
        .step(StandardStep.AUTHENTICATE, step -> step.detail(first.get().names().toString()))
        .result();
  }

  private static String failedStep(TestResult result) {
    return result.steps().stream()
        .filter(step -> step.status() == TestResult.Status.FAILED)
        .map(TestResult.Step::id)
        .findFirst()
        .orElse("none");
  }

  @Test
  void one_request_answers_for_every_step() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{\"a\":1}"));
        HttpService service = Services.at(server.uri())) {
      TestResult result = tested(service);

      assertThat(result.passed()).isTrue();
      assertThat(result.steps())
          .extracting(TestResult.Step::id)
          .containsExactly("resolve", "connect", "authenticate");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void each_failure_belongs_to_its_step() {
    Services.Names names = new Services.Names(false);
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.answer(401, "", ""));
        HttpService refusing = Services.at(server.uri());
        HttpService plain = Services.at(URI.create("https://localhost:" + server.port()));
        HttpService unknown =
            Services.with(HttpSettings.of("Cloud", URI.create("https://no.test")), names);
        HttpService nobody = Services.at(URI.create("http://127.0.0.1:1"))) {
      assertThat(failedStep(tested(refusing))).isEqualTo("authenticate");
      assertThat(failedStep(tested(unknown))).isEqualTo("resolve");
      assertThat(failedStep(tested(nobody))).isEqualTo("connect");
      assertThat(failedStep(tested(plain))).isEqualTo("connect");
    }
  }

  @Test
  void the_fields_of_the_network_become_settings() {
    Configuration configuration =
        spec()
            .bind(
                ConfigurationValues.empty()
                    .with("proxy.host", "proxy.test")
                    .with("proxy.username", "ada")
                    .with("proxy.password", "secret-of-proxy"));

    HttpSettings settings =
        NetworkFields.apply(
            HttpSettings.of("Cloud", URI.create("https://cloud.test")), configuration);

    assertThat(settings.proxy())
        .contains(
            ProxySettings.of("proxy.test", 8080).signingIn("ada", Secret.of("secret-of-proxy")));
    assertThat(settings.tls()).isEqualTo(TlsSettings.DEFAULTS);
  }

  @Test
  void what_is_wrong_with_them_is_found_offline() {
    List<ConfigurationProblem> problems =
        spec()
            .validate(
                ConfigurationValues.empty()
                    .with("proxy.host", "http://proxy.test/")
                    .with("tls.root_certificate", "none")
                    .with("tls.client_key", "none"));

    assertThat(problems)
        .extracting(ConfigurationProblem::field)
        .containsExactlyInAnyOrder(
            "tls.root_certificate", "tls.client_key", "tls.client_certificate", "proxy.host");
    assertThat(spec().validate(ConfigurationValues.empty())).isEmpty();
    assertThat(spec().bind(ConfigurationValues.empty()).find(NetworkFields.PROXY_HOST))
        .isEqualTo(Optional.empty());
  }

  private static ConfigurationSpec spec() {
    return ConfigurationSpec.version(1)
        .group("network", "Network", NetworkFields.all())
        .rule(NetworkFields::check)
        .build();
  }

  @Test
  void who_lacks_a_right_was_let_in_and_who_sent_nothing_did_not_connect() {
    try (HttpService service = Services.at(URI.create("http://127.0.0.1:1"))) {
      assertThatNoException().isThrownBy(() -> called(service, "PERMISSION_DENIED").letIn());
      assertThatNoException()
          .isThrownBy(() -> called(service, "UNSUPPORTED").letIn(StandardErrorCode.UNSUPPORTED));
      assertThat(thrownBy(() -> called(service, "WRONG_CREDENTIALS").letIn()).code())
          .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);

      FirstCall<Integer> spent = new FirstCall<>(service, () -> fail("QUOTA_EXHAUSTED"));
      assertThat(failedStep(spent.steps(TestOperation.start()).result())).isEqualTo("connect");
    }
  }

  private static FirstCall<Integer> called(HttpService service, String code) {
    FirstCall<Integer> call = new FirstCall<>(service, () -> fail(code));
    call.steps(TestOperation.start()).result();
    return call;
  }

  private static int fail(String code) {
    throw ConnectionException.of(StandardErrorCode.valueOf(code), "No.");
  }
}
