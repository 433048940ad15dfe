package dev.connections.simulators;

import static dev.connections.simulators.Asking.json;
import static dev.connections.simulators.Asking.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceNowRefusalsTest {
  private static final String TABLES = "/api/now/table/sys_db_object";

  private final TestClock clock = new TestClock();
  private final ServiceNowSimulator instance =
      ServiceNowSimulator.withTables(20).clock(clock).start();
  private final Asking asking = Asking.the(instance);

  @AfterEach
  void close() {
    instance.close();
  }

  /** A clock that is moved by hand. */
  private static final class TestClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T10:15:00Z");

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void forward(Duration time) {
      now = now.plus(time);
    }
  }

  @Test
  void a_wrong_password_and_a_policy_against_basic_look_the_same() throws IOException {
    HttpResponse<String> wrong =
        new Asking(instance.url()).as("integration.user", "no").get(TABLES);
    instance.basicSignIn(ServiceNowSimulator.BasicSignIn.BLOCKED);
    HttpResponse<String> blocked = asking.get(TABLES);

    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(json(wrong).at("/error/message").asText()).isEqualTo("User Not Authenticated");
    assertThat(blocked.statusCode()).isEqualTo(401);
    assertThat(blocked.body()).isEqualTo(wrong.body());
    assertThat(blocked.headers().firstValue("X-MFA_TOKEN")).isEmpty();
  }

  @Test
  void a_missing_second_factor_is_named_in_a_header() throws IOException {
    instance.basicSignIn(ServiceNowSimulator.BasicSignIn.SECOND_FACTOR);

    HttpResponse<String> answer = asking.get(TABLES);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("X-MFA_TOKEN")).contains("invalid");
  }

  @Test
  void a_request_that_does_not_ask_for_json_is_refused() throws IOException {
    assertThat(asking.with("Accept", "text/plain").get(TABLES).statusCode()).isEqualTo(400);
  }

  @Test
  void unknown_tables_rows_and_addresses_each_have_their_answer() throws IOException {
    HttpResponse<String> table = asking.get("/api/now/table/nosuch");
    HttpResponse<String> row = asking.get(TABLES + "/nosuch");

    assertThat(table.statusCode()).isEqualTo(400);
    assertThat(json(table).at("/error/message").asText()).isEqualTo("Invalid table nosuch");
    assertThat(json(table).at("/error/detail").isNull()).isTrue();
    assertThat(row.statusCode()).isEqualTo(404);
    assertThat(json(row).at("/error/message").asText()).isEqualTo("No Record found");
    assertThat(asking.get("/api/now/nosuch").statusCode()).isEqualTo(400);
  }

  @Test
  void the_first_version_answers_an_empty_page_with_not_found() throws IOException {
    assertThat(asking.get("/api/now/v1/table/sys_db_view").statusCode()).isEqualTo(404);
    assertThat(rows(asking.get("/api/now/v2/table/sys_db_view"))).isEmpty();
  }

  @Test
  void rights_close_tables_and_columns() throws IOException {
    instance.closeTable("sys_dictionary");
    instance.hideColumn("sys_db_object", "label");

    HttpResponse<String> closed = asking.get("/api/now/table/sys_dictionary");
    assertThat(closed.statusCode()).isEqualTo(403);
    assertThat(json(closed).at("/error/message").asText())
        .isEqualTo("Insufficient rights to query records");
    assertThat(rows(asking.get(TABLES)).get(0).has("label")).isFalse();
    instance.openEverything();
    assertThat(asking.get("/api/now/table/sys_dictionary").statusCode()).isEqualTo(200);
  }

  @Test
  void ranges_and_orders_are_ignored_or_refused_without_the_right_to_them() throws IOException {
    String[] range = {"sysparm_query", "sys_updated_on>2026-05-01^ORDERBYsys_id"};
    instance.ranges("sys_db_object", ServiceNowSimulator.Ranges.IGNORED);
    assertThat(rows(asking.get(TABLES, range))).hasSize(20);

    instance.ranges("sys_db_object", ServiceNowSimulator.Ranges.REFUSED);
    assertThat(asking.get(TABLES, range).statusCode()).isEqualTo(403);
    assertThat(asking.get("/api/now/stats/sys_db_object", range).statusCode()).isEqualTo(403);
    assertThat(rows(asking.get(TABLES, "sysparm_query", "nameINu_table_00001"))).hasSize(1);
  }

  @Test
  void the_aggregate_interface_is_closed_where_a_row_is_hidden() throws IOException {
    instance.hideRows("sys_db_object", row -> row.get("name").equals("u_table_00001"));

    assertThat(asking.get("/api/now/stats/sys_db_object", "sysparm_count", "true").statusCode())
        .isEqualTo(403);
  }

  @Test
  void more_requests_than_the_hour_allows_get_429_until_the_next_hour() throws IOException {
    instance.hourlyLimit(2);
    asking.get(TABLES);
    asking.get(TABLES);

    HttpResponse<String> third = asking.get(TABLES);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).contains("2700");
    assertThat(third.headers().firstValue("X-RateLimit-Limit")).contains("2");
    assertThat(third.headers().firstValue("X-RateLimit-Reset")).contains("1767265200");
    clock.forward(Duration.ofMinutes(45));
    assertThat(asking.get(TABLES).statusCode()).isEqualTo(200);
  }

  @Test
  void tokens_are_given_for_a_password_and_the_same_one_while_it_lives() throws IOException {
    JsonNode first =
        json(
            token(
                Map.of(
                    "grant_type",
                    "password",
                    "username",
                    instance.user(),
                    "password",
                    instance.password())));
    clock.forward(Duration.ofMinutes(10));
    JsonNode second =
        json(
            token(
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "refresh_token",
                    first.path("refresh_token").asText())));

    assertThat(first.path("expires_in").asInt()).isEqualTo(1800);
    assertThat(second.path("access_token")).isEqualTo(first.path("access_token"));
    assertThat(second.path("expires_in").asInt()).isEqualTo(1200);
    assertThat(status(first.path("access_token").asText())).isEqualTo(200);
    clock.forward(Duration.ofMinutes(20));
    assertThat(status(first.path("access_token").asText())).isEqualTo(401);
  }

  @Test
  void a_rotated_refresh_token_works_once() throws IOException {
    instance.rotateRefreshTokens(true);
    Map<String, String> refresh =
        Map.of("grant_type", "refresh_token", "refresh_token", instance.newRefreshToken());

    JsonNode first = json(token(refresh));

    assertThat(first.path("refresh_token").asText()).isNotEqualTo(refresh.get("refresh_token"));
    assertThat(token(refresh).statusCode()).isEqualTo(401);
    instance.revokeRefreshTokens();
    assertThat(
            token(
                    Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        first.path("refresh_token").asText()))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_client_gets_a_token_of_its_own_and_it_can_be_ended() throws IOException {
    instance.tokenLifetime(Duration.ofSeconds(90));
    JsonNode granted = json(token(Map.of("grant_type", "client_credentials")));

    assertThat(granted.has("refresh_token")).isFalse();
    assertThat(granted.path("expires_in").asInt()).isEqualTo(90);
    assertThat(status(granted.path("access_token").asText())).isEqualTo(200);
    instance.expireTokens();
    assertThat(status(granted.path("access_token").asText())).isEqualTo(401);
  }

  @Test
  void the_token_endpoint_refuses_what_is_wrong() throws IOException {
    Asking plain = new Asking(instance.url());
    assertThat(json(plain.post("/oauth_token.do", "{}")).path("error_description").asText())
        .isEqualTo("an unspecified error");
    assertThat(
            json(plain.form(
                    "/oauth_token.do",
                    Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        "x",
                        "client_secret",
                        "y")))
                .path("error")
                .asText())
        .isEqualTo("invalid_client");
    assertThat(
            json(token(Map.of("grant_type", "password", "username", "x", "password", "y")))
                .path("error_description")
                .asText())
        .isEqualTo("access_denied");
    assertThat(json(token(Map.of("grant_type", "nosuch"))).path("error").asText())
        .isEqualTo("unsupported_grant_type");
    assertThat(plain.get("/oauth_token.do").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> token(Map<String, String> fields) throws IOException {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("client_id", instance.clientId());
    all.put("client_secret", instance.clientSecret());
    return new Asking(instance.url()).form("/oauth_token.do", all);
  }

  private int status(String accessToken) throws IOException {
    return new Asking(instance.url())
        .with("Authorization", "Bearer " + accessToken)
        .get(TABLES)
        .statusCode();
  }

  @Test
  void a_fault_strikes_the_request_it_was_planned_for_and_no_other() throws IOException {
    instance.faults().at(2, ServiceNowFault.queueFull()).at(TABLES, 2, ServiceNowFault.dropped());

    assertThat(asking.get("/api/now/table/sys_scope").statusCode()).isEqualTo(200);
    assertThat(asking.get("/api/now/table/sys_scope").statusCode()).isEqualTo(429);
    assertThat(asking.get(TABLES).statusCode()).isEqualTo(200);
    assertThat(asking.get(TABLES).statusCode()).isEqualTo(202);
    assertThat(asking.get(TABLES).statusCode()).isEqualTo(200);
  }

  @Test
  void a_cleared_log_counts_faults_anew_and_cleared_faults_are_gone() throws IOException {
    asking.get(TABLES);
    instance.requests().clear();
    instance.faults().at(1, ServiceNowFault.tooManyRequests(Duration.ofSeconds(7)));

    assertThat(asking.get(TABLES).headers().firstValue("Retry-After")).contains("7");
    instance.faults().always(ServiceNowFault.hibernating());
    assertThat(asking.get(TABLES).body()).contains("instance-hibernating-page");
    instance.faults().clear();
    instance.faults().always(TABLES, ServiceNowFault.signInPage());
    assertThat(asking.get(TABLES).headers().firstValue("Content-Type").orElseThrow())
        .contains("text/html");
    assertThat(asking.get("/api/now/table/sys_scope").statusCode()).isEqualTo(200);
    assertThat(json(struck(ServiceNowFault.closedInterface())).at("/error/detail").asText())
        .isEqualTo("Failed API level ACL Validation");
    assertThatThrownBy(() -> instance.faults().at(0, Fault.silence()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private HttpResponse<String> struck(Fault fault, String... parameters) throws IOException {
    instance.faults().clear();
    instance.requests().clear();
    instance.faults().at(1, fault);
    return asking.get(TABLES, parameters);
  }

  @Test
  void a_cancelled_page_has_rows_and_an_error_and_may_be_broken() throws IOException {
    HttpResponse<String> midway = struck(ServiceNowFault.cancelled(3));

    assertThat(midway.statusCode()).isEqualTo(200);
    assertThat(rows(midway)).hasSize(3);
    assertThat(json(midway).at("/error/message").asText()).startsWith("Transaction cancelled");
    assertThat(struck(ServiceNowFault.cancelledMalformed(3)).body())
        .contains(",}\"\"],\"error\":{");
    instance.cancelPagesAbove(10);
    assertThat(json(asking.get(TABLES)).has("error")).isTrue();
    assertThat(json(asking.get(TABLES, "sysparm_limit", "10")).has("error")).isFalse();
  }

  @Test
  void a_page_can_be_repeated_and_a_cursor_ignored() throws IOException {
    String[] second = {"sysparm_query", "ORDERBYname", "sysparm_limit", "5", "sysparm_offset", "5"};
    String before = asking.get(TABLES, "sysparm_query", "ORDERBYname", "sysparm_limit", "5").body();

    assertThat(struck(Fault.previousAnswer(), second).body()).isEqualTo(before);
    assertThat(
            rows(
                struck(
                    Fault.ignoredCursor(),
                    "sysparm_query",
                    "name>u_table_00010",
                    "sysparm_offset",
                    "5")))
        .hasSize(20);
  }

  @Test
  void a_body_can_be_cut_in_a_complete_answer() throws IOException {
    assertThat(struck(Fault.cutBody(40)).body()).hasSize(40).startsWith("{\"result\":[{");
    assertThat(struck(Fault.cutBody(0)).body()).isEmpty();
  }

  @Test
  void a_connection_can_break_within_the_body() {
    assertThatThrownBy(() -> struck(Fault.lostConnection(40))).isInstanceOf(IOException.class);
  }

  @Test
  void a_body_without_end_goes_on_until_the_client_leaves() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(instance.url().resolve(TABLES))
            .header("Accept", "application/json")
            .header(
                "Authorization",
                "Bearer "
                    + json(token(Map.of("grant_type", "client_credentials")))
                        .path("access_token")
                        .asText())
            .build();
    instance.faults().always(TABLES, Fault.endlessBody());

    try (InputStream body =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofInputStream())
            .body()) {
      byte[] part = new byte[1 << 16];
      long read = 0;
      while (read < 50_000_000) {
        int count = body.read(part);
        assertThat(count).isPositive();
        read += count;
      }
    }
  }

  @Test
  void an_answer_can_be_late_and_closing_ends_those_that_never_come() throws Exception {
    instance.latency(Duration.ofMillis(30));
    instance.faults().at(1, Fault.delay(Duration.ofMillis(30)));
    long start = System.nanoTime();
    asking.get(TABLES);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(59));

    instance.faults().clear();
    instance.faults().always(Fault.silence());
    CompletableFuture<HttpResponse<Void>> waiting =
        HttpClient.newHttpClient()
            .sendAsync(
                HttpRequest.newBuilder(instance.url().resolve(TABLES)).build(),
                HttpResponse.BodyHandlers.discarding());
    while (instance.requests().count() < 2) {
      Thread.onSpinWait();
    }
    instance.close();
    assertThat(waiting.handle((answer, failure) -> "ended").get(60, TimeUnit.SECONDS))
        .isEqualTo("ended");
  }

  @Test
  void the_log_keeps_what_was_asked_and_no_credentials() throws IOException {
    asking.get(TABLES, "sysparm_limit", "1", "sysparm_fields", "name,label");

    SimulatedRequest request = instance.requests().to("/api/now/table").get(0);
    assertThat(request.number()).isEqualTo(1);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo(TABLES);
    assertThat(request.parameter("sysparm_fields")).contains("name,label");
    assertThat(request.parameter("nosuch")).isEmpty();
    assertThat(request.header("Accept")).contains("application/json");
    assertThat(request.authorization()).contains("basic");
    assertThat(request.header("Authorization")).isEmpty();
    assertThat(request.toString()).doesNotContain("c2ltdWxhdGVk");
    assertThat(instance.requests().count(TABLES)).isEqualTo(1);
    assertThat(instance.requests().mostAtOnce()).isEqualTo(1);
  }

  @Test
  void answers_are_compressed_for_those_who_ask() throws IOException {
    assertThat(
            asking
                .with("Accept-Encoding", "gzip")
                .get(TABLES)
                .headers()
                .firstValue("Content-Encoding"))
        .contains("gzip");
  }
}
