package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Field;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RoundTripTest {
  private static final Field<String> ADDRESS = Field.text("address");

  @Test
  void a_request_says_what_it_was_told_and_no_more() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService service =
            Services.at(server.uri().resolve("/base/"))
                .signing(Authentication.basic("ada", Secret.of("päss")))) {
      Services.text(
          service,
          HttpRequest.get("a b", "c/d")
              .query("q", "x=1^y&z")
              .header("Accept", "application/json")
              .secretHeader("X-Key", Secret.of("hidden")));

      ScriptedServer.Received sent = server.received().get(0);
      assertThat(sent.path()).isEqualTo("/base/a%20b/c%2Fd?q=x%3D1%5Ey%26z");
      assertThat(sent.header("Authorization")).isEqualTo("Basic YWRhOnDDpHNz");
      assertThat(sent.header("X-Key")).isEqualTo("hidden");
      assertThat(sent.header("Accept")).isEqualTo("application/json");
      assertThat(sent.header("Accept-Encoding")).isEqualTo("gzip");
      assertThat(sent.header("User-Agent")).isEqualTo("connections");
    }
  }

  @Test
  void bodies_are_forms_json_or_whatever_they_say() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        HttpService service = Services.at(server.uri())) {
      HttpRequest post = HttpRequest.of(HttpRequest.Method.POST, "x");
      Services.text(service, post.form(Map.of("a b", Secret.of("c&d"))));
      Services.text(service, post.json(Map.of("list", List.of(1, "two", true, 0.5))));
      Services.text(service, post.body("text/xml", "<a/>".getBytes(StandardCharsets.UTF_8)));
      Services.text(service, HttpRequest.of(HttpRequest.Method.DELETE, server.uri().resolve("/y")));

      assertThat(server.received())
          .extracting(ScriptedServer.Received::body)
          .containsExactly("a+b=c%26d", "{\"list\":[1,\"two\",true,0.5]}", "<a/>", "");
      assertThat(server.received().get(3).method()).isEqualTo("DELETE");
      assertThatThrownBy(() -> post.json(new Object()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> HttpRequest.get("a", ".."))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_cookie_is_not_sent_back() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> wire.answer(200, "Set-Cookie: JSESSIONID=1; Path=/\r\n", ""));
        HttpService service = Services.at(server.uri())) {
      Services.text(service, HttpRequest.get("a"));
      Services.text(service, HttpRequest.get("b"));

      assertThat(server.received().get(1).header("Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, REQUEST_REFUSED",
    "401, WRONG_CREDENTIALS",
    "402, QUOTA_EXHAUSTED",
    "403, PERMISSION_DENIED",
    "404, NOT_FOUND",
    "405, UNSUPPORTED",
    "413, TOO_LARGE",
    "418, REQUEST_REFUSED",
    "429, THROTTLED",
    "500, UNAVAILABLE",
    "501, UNSUPPORTED",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, TIMEOUT",
    "304, REDIRECT_REFUSED"
  })
  void a_status_has_its_code_and_is_told(int status, String code) {
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.answer(status, "", "password=hunter2"));
        HttpService service = Services.at(server.uri())) {
      ConnectionException thrown = thrownBy(() -> Services.text(service, HttpRequest.get("a")));

      assertThat(thrown.code().id()).isEqualTo(code);
      assertThat(thrown.failure().vendorCode()).contains(Integer.toString(status));
      assertThat(thrown.failure().remedy()).isPresent();
      assertThat(thrown).message().doesNotContain("hunter2");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void a_web_page_instead_of_a_refusal_is_told_from_one() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.answer(403, "Content-Type: text/html; charset=x\r\n", "<html>"));
        HttpService service = Services.at(server.uri())) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(HttpErrorCode.WEB_PAGE);
    }
  }

  @Test
  void how_long_to_wait_is_passed_on_with_fields_to_look_at() {
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.answer(429, "Retry-After: 7\r\n", ""));
        HttpService service =
            Services.with(
                HttpSettings.of("Cloud", server.uri())
                    .naming(List.of(StandardErrorCode.THROTTLED), ADDRESS))) {
      ConnectionException thrown = thrownBy(() -> Services.text(service, HttpRequest.get("a")));

      assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(7));
      assertThat(thrown.failure().fields()).containsExactly("address");
    }
  }

  @Test
  void nothing_is_repeated_behind_our_back() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.answer(
                        request.path().equals("/a") ? 503 : 408, "Retry-After: 0\r\n", ""));
        HttpService service = Services.at(server.uri())) {
      thrownBy(() -> Services.text(service, HttpRequest.get("a")));
      thrownBy(() -> Services.text(service, HttpRequest.get("b")));

      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void a_rule_of_the_service_comes_before_the_status() {
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.answer(202, "", "queue full"));
        HttpService service = Services.at(server.uri())) {
      HttpService judged =
          service.judging(
              answer ->
                  answer.opening().contains("queue")
                      ? Optional.of(service.failures().of(StandardErrorCode.THROTTLED, answer))
                      : Optional.empty());

      assertThat(Services.text(service, HttpRequest.get("a"))).isEqualTo("queue full");
      assertThat(thrownBy(() -> Services.text(judged, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.THROTTLED);
    }
  }

  @Test
  void an_expected_status_is_for_the_reader() {
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.answer(404, "", "none"));
        HttpService service = Services.at(server.uri())) {
      assertThat(Services.text(service, HttpRequest.get("a").expecting(404))).isEqualTo("none");
    }
  }

  @Test
  void nobody_listening_is_told_with_address_and_field() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + port);
    try (HttpService service =
        Services.with(
            HttpSettings.of("Cloud", nowhere)
                .naming(List.of(StandardErrorCode.CONNECTION_REFUSED), ADDRESS))) {
      ConnectionException thrown = thrownBy(() -> Services.text(service, HttpRequest.get("a")));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.CONNECTION_REFUSED);
      assertThat(thrown).message().contains("Unable to connect to Cloud at 127.0.0.1:" + port);
      assertThat(thrown.failure().fields()).containsExactly("address");
    }
  }

  @Test
  void a_server_that_says_nothing_ends_at_the_time_out() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.silence());
        HttpService service = quick(server)) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  @Test
  void a_server_that_answers_drop_by_drop_ends_at_the_time_out() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.raw("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n");
                  while (true) {
                    wire.raw("1\r\na\r\n");
                    pause();
                  }
                });
        HttpService service = quick(server)) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  /** A pace, not a rendezvous: the test is over when the client gives up. */
  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
  }

  private static HttpService quick(ScriptedServer server) {
    return HttpService.open(
        HttpSettings.of("Cloud", server.uri()),
        CallLimits.parallel(1).withTimeout(Duration.ofMillis(300)),
        TestAdapterContext.create());
  }

  @Test
  void a_cancel_and_a_close_end_a_running_call() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(2);
    try (ScriptedServer server =
        ScriptedServer.plain(
            (request, wire) -> {
              asked.countDown();
              wire.silence();
            })) {
      HttpService service = Services.at(server.uri());
      TestOperation cancelled = TestOperation.start();
      Ended first;
      Ended second;
      try (service) {
        Operation closed = service.during(TestOperation.start());
        first = Ended.of(() -> service.read("a", HttpRequest.get("a"), a -> 1, cancelled));
        second = Ended.of(() -> service.read("b", HttpRequest.get("b"), a -> 1, closed));
        asked.await();
        cancelled.cancel();
      }
      assertThat(first.thrown().code()).isEqualTo(StandardErrorCode.CANCELLED);
      assertThat(second.thrown().code()).isEqualTo(StandardErrorCode.CANCELLED);
      assertThat(thrownBy(() -> service.during(TestOperation.start())).code())
          .isEqualTo(StandardErrorCode.CANCELLED);
    }
  }

  /** A call on a thread of its own. */
  private record Ended(Thread thread, AtomicReference<Throwable> end) {
    static Ended of(Runnable call) {
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  call.run();
                } catch (ConnectionException thrown) {
                  end.set(thrown);
                }
              });
      thread.start();
      return new Ended(thread, end);
    }

    ConnectionException thrown() throws InterruptedException {
      thread.join();
      return (ConnectionException) end.get();
    }
  }

  private static final AnswerReader<String> TEXT =
      answer -> new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);

  /** Closing such a body would receive it for another tenth of a second: hundreds of megabytes. */
  private static void assertIsCut(
      StandardErrorCode code, int status, String length, AnswerReader<?> reader) {
    String payload = "a".repeat(0x10000);
    byte[] chunk =
        (length.endsWith("chunked") ? "10000\r\n" + payload + "\r\n" : payload)
            .getBytes(StandardCharsets.UTF_8);
    AtomicInteger sent = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.raw("HTTP/1.1 " + status + " x\r\n" + length + "\r\n\r\n");
                  while (true) {
                    wire.bytes(chunk);
                    sent.incrementAndGet();
                  }
                });
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      assertThat(
              thrownBy(
                      () -> service.write("a", HttpRequest.get("a"), reader, TestOperation.start()))
                  .code())
          .isEqualTo(code);
      // what the two ends' buffers hold, and not what could be sent meanwhile
      assertThat(sent.get()).as("chunks of 64 KiB that left before the end").isLessThan(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Content-Length: 1000000000000",
        "Connection: close"
      })
  void an_answer_without_end_is_cut_at_the_limit(String length) {
    assertIsCut(StandardErrorCode.TOO_LARGE, 200, length, TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Connection: close"})
  void an_answer_without_end_is_cut_where_it_stops_to_make_sense(String length) {
    assertIsCut(StandardErrorCode.MALFORMED_DATA, 200, length, JsonObject::read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Content-Length: 1000000000000",
        "Connection: close"
      })
  void a_refusal_without_end_is_cut(String length) {
    assertIsCut(StandardErrorCode.WRONG_CREDENTIALS, 401, length, TEXT);
  }

  @Test
  void a_small_answer_that_is_refused_or_makes_no_sense_leaves_its_channel_to_the_next() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.answer(
                        request.path().equals("/closed") ? 403 : 200,
                        "",
                        "not the JSON. ".repeat(99)));
        HttpService service = Services.at(server.uri())) {
      for (String path : List.of("closed", "broken", "closed")) {
        thrownBy(
            () ->
                service.write("a", HttpRequest.get(path), JsonObject::read, TestOperation.start()));
      }
      assertThat(server.received()).hasSize(3);
      assertThat(server.connected()).isEqualTo(1);
    }
  }

  @Test
  void a_small_answer_that_inflates_to_a_large_one_is_cut_at_the_limit() throws IOException {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.bytes(ScriptedServer.whole(200, "Content-Encoding: gzip\r\n", bomb)));
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.TOO_LARGE);
    }
  }

  @Test
  void what_is_compressed_is_read() throws IOException {
    byte[] packed = gzip("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.bytes(ScriptedServer.whole(200, "Content-Encoding: gzip\r\n", packed)));
        HttpService service = Services.at(server.uri())) {
      assertThat(Services.text(service, HttpRequest.get("a"))).isEqualTo("{\"a\":1}");
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  @Test
  void what_does_not_speak_http_is_told() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.raw("SSH-2.0-OpenSSH_9.9\r\n");
                  wire.hangUp();
                });
        HttpService service = Services.at(server.uri())) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.WRONG_PROTOCOL);
    }
  }

  @Test
  void a_connection_that_breaks_before_the_answer_is_repeated_where_that_is_allowed() {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  if (asked.incrementAndGet() == 1) {
                    wire.hangUp();
                  } else {
                    wire.json("{}");
                  }
                });
        HttpService service = Services.at(server.uri())) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.CONNECTION_LOST);
      asked.set(0);
      assertThat(
              service.<JsonObject>read(
                  "a", HttpRequest.get("a"), JsonObject::read, TestOperation.start()))
          .isEqualTo(JsonObject.EMPTY);
    }
  }

  @Test
  void connections_are_used_again() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"))) {
      Services.Names names = new Services.Names(false);
      try (HttpService service =
          Services.with(HttpSettings.of("Cloud", server.uri("inner.test")), names)) {
        for (int i = 0; i < 5; i++) {
          Services.text(service, HttpRequest.get("a"));
        }
      }
      assertThat(names.asked()).containsExactly("inner.test:" + server.port());
    }
  }

  @Test
  void nothing_shows_what_it_holds() {
    assertThat(
            HttpRequest.get("a", "b")
                .query("q", "hidden")
                .header("h", "hidden")
                .secretHeader("s", Secret.of("hidden")))
        .hasToString("GET a/b");
    assertThat(HttpRequest.get(URI.create("https://x.test/?token=hidden"))).hasToString("GET");
    assertThat(Authentication.bearer(Secret.of("hidden"))).hasToString("Authentication");
  }

  @Test
  void a_key_with_a_line_break_is_told_and_neither_sent_nor_shown() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json("{}"))) {
      for (Authentication pasted :
          List.of(
              Authentication.header("X-Api-Key", Secret.of("hunter2\nX-Evil: 1")),
              Authentication.bearer(Secret.of("hunter2\r\n")),
              Authentication.bearer(Secret.of("hunter2\u00e4")))) {
        try (HttpService service = Services.at(server.uri()).signing(pasted)) {
          ConnectionException thrown =
              thrownBy(
                  () ->
                      service.read(
                          "x", HttpRequest.get("a"), JsonObject::read, TestOperation.start()));

          assertThat(thrown.code()).isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
          for (Throwable part = thrown; part != null; part = part.getCause()) {
            assertThat(part.toString()).doesNotContain("hunter2");
          }
        }
      }
      assertThat(server.received()).isEmpty();
    }
  }
}
