package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do that means ill, or is broken as if it did. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileServerTest {
  private static final String OK = "HTTP/1.1 200 x\r\nContent-Length: 2\r\n\r\n{}";

  /** A name that means one address until the other is wanted. */
  private static final class Rebinding implements EgressPolicy {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean rebound;

    @Override
    public List<InetAddress> resolve(String host, int port) {
      asked.incrementAndGet();
      if (rebound) {
        throw Failure.of(StandardErrorCode.EGRESS_REFUSED, "Not by this policy.").asException();
      }
      return List.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public boolean secureRequired() {
      return false;
    }
  }

  @Test
  void a_name_that_is_bound_anew_is_checked_at_each_connection() {
    Rebinding policy = new Rebinding();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.answer(200, "Connection: close\r\n", "{}");
                  wire.hangUp();
                });
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri("inner.test")), policy)) {
      Services.text(service, HttpRequest.get("a"));
      policy.rebound = true;

      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("b"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(server.received()).hasSize(1);
      assertThat(policy.asked.get()).isEqualTo(2);
    }
  }

  @Test
  void a_redirect_to_the_same_name_bound_anew_is_checked_too() {
    Rebinding policy = new Rebinding();
    try (ScriptedServer other = ScriptedServer.plain((request, wire) -> wire.json("{}"));
        ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  policy.rebound = true;
                  wire.answer(302, "Location: " + other.uri("inner.test") + "/\r\n", "");
                });
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri("inner.test")), policy)) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(other.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://inner.test/a",
        "gopher://inner.test/a",
        "jar:http://inner.test/a!/b",
        "javascript:alert(1)",
        "data:application/json,{}"
      })
  void a_redirect_to_another_scheme_is_refused(String location) {
    assertThat(codeOf((request, wire) -> wire.answer(307, "Location: " + location + "\r\n", "")))
        .isEqualTo(HttpErrorCode.REDIRECT_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"next", "/next", "ftp://inner.test/a", "https://a:99999/b", "mailto:a"})
  void an_address_of_an_answer_that_cannot_be_asked_is_refused(String address) {
    try (HttpService service = Services.at(URI.create("http://localhost:1"))) {
      assertThat(
              thrownBy(() -> Services.text(service, HttpRequest.get(URI.create(address)))).code())
          .isEqualTo(HttpErrorCode.REDIRECT_REFUSED);
    }
  }

  @Test
  void a_cookie_is_kept_over_no_redirect_and_no_refusal() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  String cookie = "Set-Cookie: session=1; Path=/\r\n";
                  if (request.path().equals("/start")) {
                    wire.answer(302, cookie + "Location: /end\r\n", "");
                  } else {
                    wire.answer(request.path().equals("/end") ? 200 : 401, cookie, "{}");
                  }
                });
        HttpService service = Services.at(server.uri())) {
      Services.text(service, HttpRequest.get("start"));
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("closed"))).code())
          .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);

      assertThat(server.received())
          .hasSize(3)
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
    }
  }

  private static void drops(ScriptedServer.Wire wire, String text) throws IOException {
    for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
      wire.bytes(new byte[] {one});
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos()); // a pace, not a rendezvous
    }
  }

  private static final CallLimits SHORT =
      CallLimits.parallel(1).withTimeout(Duration.ofMillis(400));

  /** Each server goes on for ever: only the time-out ends the call. */
  private static void assertTimesOut(ScriptedServer.Script script) {
    assertTimesOut(AnswerRule.NONE, script);
  }

  private static void assertTimesOut(AnswerRule rule, ScriptedServer.Script script) {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  if (request.path().equals("/first")) {
                    wire.raw(OK);
                  } else {
                    script.answer(request, wire);
                  }
                });
        HttpService service = Services.at(server.uri()).judging(rule)) {
      Services.text(service, HttpRequest.get("first")); // the channel is there for what follows

      ConnectionException thrown =
          thrownBy(() -> Services.text(service.limited(SHORT), HttpRequest.get("slow")));
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TIMEOUT);
    }
  }

  /** {@return why the only call fails} */
  private static ErrorCode codeOf(ScriptedServer.Script script) {
    try (ScriptedServer server = ScriptedServer.plain(script);
        HttpService service = Services.at(server.uri())) {
      return thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code();
    }
  }

  @Test
  void headers_that_come_byte_by_byte_end_at_the_time_out() {
    assertTimesOut(
        (request, wire) -> {
          wire.raw("HTTP/1.1 200 x\r\nX-Slow: ");
          while (true) {
            drops(wire, "a");
          }
        });
  }

  @Test
  void a_status_that_comes_byte_by_byte_ends_at_the_time_out() {
    assertTimesOut(
        (request, wire) -> {
          drops(wire, "HTTP/1.1 200 ");
          while (true) {
            drops(wire, "x");
          }
        });
  }

  @Test
  void a_body_of_a_known_length_that_comes_byte_by_byte_ends_at_the_time_out() {
    assertTimesOut(
        (request, wire) -> {
          wire.raw("HTTP/1.1 200 x\r\nContent-Length: 1000000\r\n\r\n");
          while (true) {
            drops(wire, " ");
          }
        });
  }

  @Test
  void a_refusal_whose_body_comes_byte_by_byte_ends_at_the_time_out_where_a_rule_reads_it() {
    assertTimesOut(
        answer -> {
          if (answer.status() == 403) {
            answer.opening();
          }
          return Optional.empty();
        },
        (request, wire) -> {
          wire.raw("HTTP/1.1 403 x\r\nContent-Length: 1000000\r\n\r\n");
          while (true) {
            drops(wire, " ");
          }
        });
  }

  /** Who goes on saying that the answer will come never gives one. */
  @Test
  void answers_that_announce_the_answer_for_ever_end_the_call() {
    AtomicLong announced = new AtomicLong();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  while (true) {
                    wire.raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                    announced.incrementAndGet();
                  }
                });
        HttpService service =
            HttpService.open(
                HttpSettings.of("Cloud", server.uri()), SHORT, TestAdapterContext.create())) {
      thrownBy(() -> Services.text(service, HttpRequest.get("a")));

      assertThat(announced.get()).isPositive();
    }
  }

  @Test
  void a_server_that_never_answers_the_handshake_ends_at_the_time_out() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        HttpService service =
            HttpService.open(
                HttpSettings.of("Cloud", URI.create("https://localhost:" + mute.getLocalPort())),
                SHORT,
                TestAdapterContext.create())) {
      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isIn(StandardErrorCode.TIMEOUT, StandardErrorCode.CONNECT_TIMEOUT);
    }
  }

  @Test
  void headers_without_end_are_not_kept() {
    byte[] much = ("a".repeat(1 << 16)).getBytes(StandardCharsets.UTF_8);
    AtomicLong sent = new AtomicLong();
    ErrorCode code =
        codeOf(
            (request, wire) -> {
              wire.raw("HTTP/1.1 200 x\r\nX-Long: ");
              while (true) {
                wire.bytes(much);
                sent.addAndGet(much.length);
              }
            });

    assertThat(code).isIn(StandardErrorCode.CONNECTION_LOST, StandardErrorCode.WRONG_PROTOCOL);
    assertThat(sent.get()).as("bytes that left before the end").isLessThan(100L << 20);
  }

  @Test
  void many_headers_are_not_kept() {
    AtomicLong sent = new AtomicLong();
    ErrorCode code =
        codeOf(
            (request, wire) -> {
              wire.raw("HTTP/1.1 200 x\r\n");
              while (true) {
                wire.raw("X-" + sent.incrementAndGet() + ": a\r\n");
              }
            });

    assertThat(code).isIn(StandardErrorCode.CONNECTION_LOST, StandardErrorCode.WRONG_PROTOCOL);
  }

  /** The server sends until it is hung up on: nobody waits for two gigabytes. */
  @Test
  void an_answer_that_says_it_has_two_gigabytes_is_not_read_at_all() {
    AtomicInteger opened = new AtomicInteger();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.raw("HTTP/1.1 200 x\r\nContent-Length: 2147483648\r\n\r\n{"));
        HttpService service = Services.at(server.uri())) {
      ConnectionException thrown =
          thrownBy(
              () ->
                  service.write(
                      "large",
                      HttpRequest.get("a"),
                      answer -> {
                        opened.incrementAndGet();
                        return JsonObject.read(answer);
                      },
                      TestOperation.start()));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TOO_LARGE);
      assertThat(opened.get()).isZero();
    }
  }

  @Test
  void an_answer_without_a_length_is_read_up_to_the_limit_and_no_further() {
    byte[] much = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    AtomicLong read = new AtomicLong();
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.raw("HTTP/1.1 200 x\r\nConnection: close\r\n\r\n");
                  while (true) {
                    wire.bytes(much);
                  }
                });
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      ConnectionException thrown =
          thrownBy(
              () ->
                  service.write(
                      "large",
                      HttpRequest.get("a"),
                      answer -> {
                        InputStream body = answer.body();
                        while (body.read() >= 0) {
                          read.incrementAndGet();
                        }
                        return 0;
                      },
                      TestOperation.start()));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TOO_LARGE);
      assertThat(read.get()).isEqualTo(1 << 20);
    }
  }

  @Test
  void whatever_byte_is_wrong_the_call_ends_with_an_answer_or_a_code() {
    String good =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            + "Link: </b>;rel=\"next\"\r\n\r\n7\r\n{\"a\":1}\r\n0\r\n\r\n";
    Random random = new Random(20261121);
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
                  for (int i = 0; i < 2; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                  }
                  wire.bytes(bytes);
                  wire.hangUp();
                });
        HttpService service = Services.at(server.uri())) {
      int answered = 0;
      for (int i = 0; i < 500; i++) {
        try {
          service.write("a", HttpRequest.get("a"), JsonObject::read, TestOperation.start());
          answered++;
        } catch (ConnectionException told) {
          assertThat(told.failure().remedy()).as(told.toString()).isPresent();
        }
      }
      assertThat(answered).as("answers that could be read all the same").isBetween(1, 499);
    }
  }

  @Test
  void no_secret_is_logged_or_told_whatever_the_server_does_with_it() {
    Canary token = Canary.of("a token", "kept-7f3a91c2d4e8");
    List<ScriptedServer.Script> ends =
        List.of(
            (request, wire) -> wire.answer(401, "WWW-Authenticate: x\r\n", token.value()),
            (request, wire) -> wire.json(token.value()),
            (request, wire) -> wire.json("{\"a\":\"" + token.value()),
            (request, wire) -> wire.raw(token.value() + "\r\n"),
            (request, wire) -> wire.raw("HTTP/1.1 200 x\r\n" + token.value() + "\r\n\r\n"),
            (request, wire) -> wire.answer(302, "Location: ftp://" + token.value() + "/\r\n", ""),
            (request, wire) ->
                wire.answer(302, "Location: https://" + token.value() + ".invalid/\r\n", ""),
            (request, wire) -> wire.hangUp());
    try (LogCapture log = LogCapture.start()) {
      for (ScriptedServer.Script end : ends) {
        try (ScriptedServer server =
                ScriptedServer.plain(
                    (request, wire) -> {
                      end.answer(request, wire);
                      wire.hangUp();
                    });
            HttpService service =
                Services.at(server.uri())
                    .signing(Authentication.bearer(Secret.of(token.value())))) {
          ConnectionException thrown =
              thrownBy(
                  () ->
                      service.write(
                          "a",
                          HttpRequest.get("a").query("q", token.value()),
                          JsonObject::read,
                          TestOperation.start()));
          for (Throwable part = thrown; part != null; part = part.getCause()) {
            token.assertAbsentFrom("an exception", part.toString());
          }
          assertThat(server.received().get(0).header("Authorization")).contains(token.value());
        }
      }
      token.assertAbsentFrom("the log", String.join("\n", log.lines()));
    }
  }
}
