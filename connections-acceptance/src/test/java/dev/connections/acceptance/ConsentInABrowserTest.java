package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.ConsentRequest;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.secrets.KeySource;
import dev.connections.simulators.ServiceNowSimulator;
import dev.connections.store.jdbc.SqliteStore;
import dev.connections.testkit.LogCapture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A web application's two calls, on two nodes with one store, and what must not come through. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ConsentInABrowserTest {
  private static final URI BACK = URI.create("https://app.example.com/oauth/callback?from=menu");
  private static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);

  @TempDir private Path directory;
  private final InMemoryAuditLog audit = InMemoryAuditLog.create();
  private final SettableClock clock = new SettableClock();
  private ServiceNowSimulator instance;
  private Connections here;
  private Connections there;

  /** A clock that a test moves. */
  private static final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void start() {
    instance = ServiceNowSimulator.withTables(5).start();
    here = open();
    there = open();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    instance.close();
  }

  private Connections open() {
    return Connections.builder()
        .store(SqliteStore.at(directory.resolve("connections.db")))
        .keys(KeySource.localFile(directory.resolve("key/connections.key")))
        .audit(audit)
        .clock(clock)
        .build();
  }

  private Connection made(TenantConnections mine) {
    return mine.create(
        ConnectionDraft.of("servicenow", "Service desk")
            .set("instance_url", instance.url().toString())
            .set("authentication.type", "oauth")
            .set("authentication.grant", "authorization_code")
            .set("authentication.client_id", instance.clientId())
            .set("authentication.client_secret", instance.clientSecret())
            .visibility(Visibility.PUBLIC));
  }

  /** {@return where the instance sends the browser of somebody who signs in and consents} */
  private static URI visited(URI address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private static Failure refused(ThrowingCallable call) {
    return catchThrowableOfType(ConnectionException.class, call).failure();
  }

  private static List<ErrorCode> failures(TenantConnections mine, String id) {
    return mine.test(id).steps().stream()
        .flatMap(step -> step.failure().stream())
        .map(Failure::code)
        .toList();
  }

  @Test
  void one_node_begins_a_consent_and_another_completes_it() throws Exception {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    assertThat(failures(mine, desk.id())).containsExactly(StandardErrorCode.CONSENT_NEEDED);

    ConsentRequest request = mine.consents().begin(desk.id(), BACK);
    assertThat(request.until()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(request.address().toString())
        .startsWith(instance.url().resolve("/oauth_auth.do?") + "response_type=code&")
        .contains("code_challenge_method=S256");
    URI back = visited(request.address());
    assertThat(back.toString()).startsWith(BACK + "&code=");
    Connection connected = there.as(ADA).consents().complete(back);

    assertThat(connected.id()).isEqualTo(desk.id());
    assertThat(failures(there.as(ADA), desk.id())).isEmpty();
    assertThat(failures(mine, desk.id())).isEmpty();
  }

  @Test
  void what_was_consented_once_is_renewed_by_one_request_and_outlives_the_process()
      throws Exception {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    mine.consents().complete(visited(mine.consents().begin(desk.id(), BACK).address()));
    instance.rotateRefreshTokens(true);
    instance.expireTokens();
    clock.now = clock.now.plus(Duration.ofHours(1));
    int before = instance.requests().count();

    List<List<ErrorCode>> found =
        together(
            IntStream.range(0, 6)
                .<Callable<List<ErrorCode>>>mapToObj(
                    i -> () -> failures((i % 2 == 0 ? here : there).as(ADA), desk.id()))
                .toList());

    assertThat(found).allSatisfy(codes -> assertThat(codes).isEmpty());
    assertThat(
            instance.requests().all().stream()
                .skip(before)
                .filter(request -> request.path().equals("/oauth_token.do")))
        .hasSize(1);
    try (Connections later = open()) {
      assertThat(failures(later.as(ADA), desk.id())).isEmpty();
    }
  }

  @Test
  void a_dead_refresh_token_asks_for_another_consent_which_brings_the_connection_back()
      throws Exception {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    mine.consents().complete(visited(mine.consents().begin(desk.id(), BACK).address()));
    instance.revokeRefreshTokens();
    instance.expireTokens();

    assertThat(failures(mine, desk.id())).containsExactly(StandardErrorCode.CONSENT_NEEDED);
    mine.consents().complete(visited(mine.consents().begin(desk.id(), BACK).address()));
    assertThat(failures(mine, desk.id())).isEmpty();
  }

  @Test
  void a_consent_is_completed_once_even_if_two_nodes_try_at_the_same_time() throws Exception {
    Connection desk = made(here.as(ADA));
    URI back = visited(here.as(ADA).consents().begin(desk.id(), BACK).address());

    List<Optional<ErrorCode>> ends =
        together(
            Stream.of(here, there)
                .<Callable<Optional<ErrorCode>>>map(
                    door ->
                        () -> {
                          try {
                            door.as(ADA).consents().complete(back);
                            return Optional.empty();
                          } catch (ConnectionException lost) {
                            return Optional.of(lost.code());
                          }
                        })
                .toList());

    assertThat(ends)
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of(CoreErrorCode.NO_SUCH_CONSENT));
    assertThat(refused(() -> here.as(ADA).consents().complete(back)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
  }

  private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CountDownLatch all = new CountDownLatch(calls.size());
    try {
      List<Future<T>> running =
          calls.stream()
              .map(
                  call ->
                      threads.submit(
                          () -> {
                            all.countDown();
                            all.await();
                            return call.call();
                          }))
              .toList();
      List<T> ends = new ArrayList<>();
      for (Future<T> one : running) {
        ends.add(one.get(60, TimeUnit.SECONDS));
      }
      return ends;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nobody_else_completes_it_and_trying_uses_nothing_up() throws Exception {
    Connection desk = made(here.as(ADA));
    URI back = visited(here.as(ADA).consents().begin(desk.id(), BACK).address());
    Actor admin = Actor.of("acme", "eve", Role.ADMIN);
    Actor member = Actor.of("acme", "eve", Role.MEMBER);
    Actor stranger = Actor.of("globex", "ada", Role.ADMIN);

    assertThat(refused(() -> here.as(admin).consents().complete(back)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
    assertThat(refused(() -> here.as(stranger).consents().complete(back)))
        .isEqualTo(refused(() -> here.as(admin).consents().complete(back)));
    assertThat(refused(() -> here.as(member).consents().complete(back)).code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(refused(() -> here.as(member).consents().begin(desk.id(), BACK)).code())
        .isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(refused(() -> here.as(stranger).consents().begin(desk.id(), BACK)).code())
        .isEqualTo(StandardErrorCode.NOT_FOUND);
    URI otherState = URI.create(back.toString().replaceAll("state=([^.]*).", "state=$1.x"));
    assertThat(refused(() -> here.as(ADA).consents().complete(otherState)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
    assertThat(here.as(ADA).consents().complete(back).id()).isEqualTo(desk.id());
  }

  @Test
  void after_ten_minutes_another_beginning_or_another_configuration_it_is_too_late()
      throws Exception {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    URI first = visited(mine.consents().begin(desk.id(), BACK).address());
    URI second = visited(mine.consents().begin(desk.id(), BACK).address());
    assertThat(refused(() -> mine.consents().complete(first)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
    clock.now = clock.now.plus(Duration.ofMinutes(10));
    assertThat(refused(() -> mine.consents().complete(second)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);

    URI third = visited(mine.consents().begin(desk.id(), BACK).address());
    mine.update(
        desk.id(),
        ConnectionUpdate.of(mine.get(desk.id()))
            .set("instance_url", "https://other.example.com")
            .set("authentication.client_secret", "another"));
    assertThat(refused(() -> mine.consents().complete(third)).code())
        .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
  }

  @Test
  void who_says_no_at_the_instance_is_told_so_and_what_comes_back_is_never_shown() {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    String state = parameter(mine.consents().begin(desk.id(), BACK).address(), "state");

    Failure no =
        refused(
            () ->
                mine.consents()
                    .complete(
                        URI.create(
                            BACK
                                + "&error=access_denied&error_description=hunter2&code=x&state="
                                + state)));

    assertThat(no.code()).isEqualTo(StandardErrorCode.CONSENT_NEEDED);
    assertThat(no.toString()).doesNotContain("hunter2", state);
    for (String odd :
        List.of("", "?state=", "?state=.", "?state=a.b&state=a.b&code=c", "?code=c", "?&&=&")) {
      URI callback = URI.create("https://app.example.com/back" + odd);
      assertThat(refused(() -> mine.consents().complete(callback)).code())
          .isEqualTo(CoreErrorCode.NO_SUCH_CONSENT);
    }
  }

  private static String parameter(URI address, String name) {
    return Stream.of(address.getRawQuery().split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_code_goes_nowhere_without_encryption() {
    TenantConnections mine = here.as(ADA);
    Connection desk = made(mine);
    for (String address :
        List.of(
            "http://app.example.com/back",
            "http://localhost.example.com/back",
            "ftp://app.example.com/back",
            "/back",
            "https://user:word@app.example.com/back",
            "https://app.example.com/back#part",
            "mailto:somebody@example.com")) {
      assertThat(refused(() -> mine.consents().begin(desk.id(), URI.create(address))).code())
          .as(address)
          .isEqualTo(CoreErrorCode.INVALID_ARGUMENT);
    }
    assertThat(mine.consents().begin(desk.id(), URI.create("http://localhost:8080/back")).address())
        .isNotNull();
  }

  @Test
  void a_connection_that_signs_in_otherwise_has_no_consent() {
    TenantConnections mine = here.as(ADA);
    Connection basic =
        mine.create(
            ConnectionDraft.of("servicenow", "Basic")
                .set("instance_url", instance.url().toString())
                .set("authentication.username", instance.user())
                .set("authentication.password", instance.password()));
    Connection files =
        mine.create(
            ConnectionDraft.of("filesystem", "Files").set("base_path", directory.toString()));

    for (Connection other : List.of(basic, files)) {
      assertThat(refused(() -> mine.consents().begin(other.id(), BACK)).code())
          .isEqualTo(StandardErrorCode.UNSUPPORTED);
    }
  }

  @Test
  void it_is_audited_and_neither_state_nor_verifier_nor_token_is_left_in_the_open()
      throws Exception {
    try (LogCapture log = LogCapture.start()) {
      TenantConnections mine = here.as(ADA);
      Connection desk = made(mine);
      ConsentRequest request = mine.consents().begin(desk.id(), BACK);
      URI back = visited(request.address());
      String pending = files();
      mine.consents().complete(back);
      refused(() -> mine.consents().complete(back));

      assertThat(audit.records("acme"))
          .filteredOn(record -> record.operation() == AuditOperation.CONSENT)
          .extracting(record -> record.object().orElse("") + " " + record.result())
          .containsExactly(
              "begin " + AuditResult.ALLOWED,
              "complete " + AuditResult.ALLOWED,
              "complete " + AuditResult.DENIED);
      String state = parameter(request.address(), "state");
      String secret = state.substring(state.indexOf('.') + 1);
      String[] kept = {secret, parameter(back, "code"), "access-1", "refresh-1", "code_verifier"};
      assertThat(pending + files()).doesNotContain(kept);
      assertThat(audit.records("acme").toString() + request).doesNotContain(kept);
      assertThat(log.lines())
          .filteredOn(line -> !line.contains("jdk.internal.httpclient")) // the browser's own
          .allSatisfy(line -> assertThat(line).doesNotContain(kept));
    }
  }

  private String files() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
