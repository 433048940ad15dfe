package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.TestResult;
import dev.connections.simulators.Fault;
import dev.connections.simulators.ServiceNowFault;
import dev.connections.simulators.ServiceNowSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test tells apart. */
class ServiceNowCheckTest {
  private final ServiceNowSimulator instance =
      ServiceNowSimulator.withTables(20).columns(200).start();
  private final ConfigurationValues values = Simulated.values(instance);

  @AfterEach
  void stop() {
    instance.close();
  }

  private static void assertFailed(TestResult result, String step, String code, String field) {
    Failure failure = result.firstFailure().orElseThrow();
    assertThat(failure.code().id()).as(failure.toString()).isEqualTo(code);
    assertThat(failure.fields()).as(failure.toString()).contains(field);
    assertThat(failure.remedy()).isPresent();
    assertThat(
            result.steps().stream()
                .filter(taken -> taken.status() == TestResult.Status.FAILED)
                .map(TestResult.Step::id))
        .containsExactly(step);
  }

  @Test
  void a_good_connection_costs_two_requests() {
    TestResult result = Simulated.tested(values);

    assertThat(result.passed()).isTrue();
    assertThat(result.steps())
        .extracting(TestResult.Step::id)
        .containsExactly("resolve", "connect", "authenticate", "authorize", "read");
    assertThat(instance.requests().count()).isEqualTo(2);
  }

  @Test
  void an_unknown_host() {
    TestResult result =
        Simulated.tested(values.with("instance_url", "https://no-such-instance.invalid"));

    assertFailed(result, "resolve", "UNKNOWN_HOST", "instance_url");
  }

  @Test
  void an_instance_that_hibernates() {
    instance.faults().always(ServiceNowFault.hibernating());

    assertFailed(Simulated.tested(values), "authenticate", "INSTANCE_HIBERNATING", "instance_url");
  }

  @Test
  void a_page_of_a_single_sign_on() {
    instance.faults().always(ServiceNowFault.signInPage());

    assertFailed(Simulated.tested(values), "authenticate", "WEB_PAGE", "instance_url");
  }

  @Test
  void a_wrong_password_and_a_policy_against_it_are_named_together_and_asked_once() {
    TestResult wrong =
        Simulated.tested(values.with("authentication.password", Secret.of("wrong-password-1")));
    assertFailed(wrong, "authenticate", "WRONG_CREDENTIALS", "authentication.password");
    assertThat(instance.requests().count()).isEqualTo(1);

    instance.basicSignIn(ServiceNowSimulator.BasicSignIn.BLOCKED);
    Failure blocked = Simulated.tested(values).firstFailure().orElseThrow();
    assertThat(blocked.remedy().orElse("")).contains("locked", "policy", "OAuth");
  }

  @Test
  void a_second_factor() {
    instance.basicSignIn(ServiceNowSimulator.BasicSignIn.SECOND_FACTOR);

    assertFailed(
        Simulated.tested(values), "authenticate", "SECOND_FACTOR_NEEDED", "authentication.type");
  }

  @Test
  void a_wrong_client() {
    TestResult result =
        Simulated.tested(
            Simulated.oauth(instance, "client_credentials")
                .with("authentication.client_secret", Secret.of("wrong-secret-1")));

    assertFailed(result, "authenticate", "WRONG_CREDENTIALS", "authentication.client_secret");
  }

  @Test
  void a_refresh_token_that_was_withdrawn() {
    ConfigurationValues oauth =
        Simulated.oauth(instance, "refresh_token")
            .with("authentication.refresh_token", Secret.of(instance.newRefreshToken()));
    assertThat(Simulated.tested(oauth).passed()).isTrue();
    instance.revokeRefreshTokens();

    assertFailed(
        Simulated.tested(oauth),
        "authenticate",
        "EXPIRED_CREDENTIALS",
        "authentication.refresh_token");
  }

  @Test
  void every_grant_signs_in() {
    assertThat(Simulated.tested(Simulated.oauth(instance, "client_credentials")).passed()).isTrue();
    assertThat(
            Simulated.tested(
                    Simulated.oauth(instance, "password")
                        .with("authentication.username", instance.user())
                        .with("authentication.password", Secret.of(instance.password())))
                .passed())
        .isTrue();
  }

  @Test
  void no_right_to_see_tables_or_columns() {
    instance.closeTable("sys_db_object");
    assertFailed(
        Simulated.tested(values), "authorize", "PERMISSION_DENIED", "authentication.username");

    instance.openEverything();
    instance.closeTable("sys_dictionary");
    assertFailed(Simulated.tested(values), "read", "PERMISSION_DENIED", "authentication.username");
  }

  @Test
  void rows_that_are_all_hidden_are_a_missing_right_and_no_empty_instance() {
    instance.hideRows("sys_dictionary", row -> true);
    TestResult result = Simulated.tested(values);

    assertFailed(result, "read", "PERMISSION_DENIED", "authentication.username");
    assertThat(result.firstFailure().orElseThrow().message()).contains("200 rows");
  }

  @Test
  void an_interface_that_is_closed_altogether() {
    instance.faults().always(ServiceNowFault.closedInterface());

    assertFailed(
        Simulated.tested(values), "authorize", "INTERFACE_CLOSED", "authentication.username");
  }

  @Test
  void a_path_that_is_none() {
    instance
        .faults()
        .always(
            Fault.json(
                400,
                "{\"error\":{\"message\":\"Requested URI does not represent any resource\","
                    + "\"detail\":null},\"status\":\"failure\"}"));

    assertFailed(Simulated.tested(values), "authenticate", "REQUEST_REFUSED", "api_version");
  }

  @Test
  void the_other_versions_of_the_interface_are_asked_in_their_own_paths() {
    assertThat(Simulated.tested(values.with("api_version", "v2")).passed()).isTrue();
    assertThat(instance.requests().all().get(0).path()).startsWith("/api/now/v2/table/");
  }
}
