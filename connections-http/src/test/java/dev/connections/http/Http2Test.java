package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestAuthority;
import dev.connections.testkit.TestAuthority.Identity;
import dev.connections.testkit.TestOperation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services speak HTTP/2 where both sides can: many requests share a channel. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class Http2Test {
  @TempDir private static Path directory;
  private static TestAuthority authority;
  private static Identity server;
  private static Identity client;

  @BeforeAll
  static void makeCertificates() {
    authority = new TestAuthority(directory, "authority");
    server = authority.signs("cloud", "EC", "-ext", "SAN=dns:inner.test,dns:other.test");
    client = authority.signs("us", "EC");
  }

  private static Http2Server serving(Http2Server.Script script) throws Exception {
    return Http2Server.of(authority, server, script);
  }

  private static HttpSettings settings(Http2Server at) {
    return HttpSettings.of("Cloud", at.uri("inner.test"))
        .withTls(
            TlsSettings.DEFAULTS
                .trusting(authority.pem())
                .showing(client.certificate(), Secret.of(client.key())));
  }

  private static HttpService service(Http2Server at) {
    return Services.with(settings(at), new Services.Names(true));
  }

  private static String read(HttpService service) {
    return service.read(
        "a",
        HttpRequest.get("a"),
        answer -> new String(answer.body().readAllBytes(), StandardCharsets.UTF_8),
        TestOperation.start());
  }

  @Test
  void requests_share_a_channel_and_answers_come_in_any_order() throws Exception {
    CyclicBarrier together = new CyclicBarrier(4);
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number > 1) {
                    await(together); // none is answered before all were asked
                  }
                  stream.answer("answer");
                });
        HttpService service = service(at)) {
      assertThat(read(service)).isEqualTo("answer");

      TestAdapterContext.create()
          .parallel()
          .forEach(
              List.of(1, 2, 3, 4),
              4,
              TestOperation.start(),
              any -> assertThat(read(service)).isEqualTo("answer"));
      assertThat(at.asked()).isEqualTo(5);
      assertThat(at.channels()).hasSize(1);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void a_cancelled_request_is_given_up_and_its_channel_serves_the_others() throws Exception {
    CountDownLatch receiving = new CountDownLatch(1);
    TestOperation operation = TestOperation.start();
    AtomicReference<ConnectionException> thrown = new AtomicReference<>();
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number == 1) {
                    stream.begin();
                    stream.data(new byte[10], false); // and no more
                  } else {
                    stream.answer("answer");
                  }
                });
        HttpService service = service(at)) {
      Thread caller =
          new Thread(
              () ->
                  thrown.set(
                      thrownBy(
                          () ->
                              service.write(
                                  "a",
                                  HttpRequest.get("a"),
                                  answer -> {
                                    answer.body().readNBytes(10);
                                    receiving.countDown();
                                    return answer.body().readAllBytes();
                                  },
                                  operation))));
      caller.start();
      assertThat(receiving.await(60, TimeUnit.SECONDS)).isTrue();
      operation.cancel();
      caller.join();

      assertThat(thrown.get().code()).isEqualTo(StandardErrorCode.CANCELLED);
      assertThat(at.reset()).isEqualTo(Http2Server.CANCEL);
      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.channels()).hasSize(1);
    }
  }

  @Test
  void what_is_too_large_is_given_up_and_its_channel_serves_the_others() throws Exception {
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number > 1) {
                    stream.answer("answer");
                    return;
                  }
                  stream.begin();
                  for (int i = 0; i < 32; i++) {
                    stream.data(new byte[1 << 14], false); // without end
                  }
                });
        HttpService service =
            Services.with(settings(at).withLargestAnswer(1 << 16), new Services.Names(true))) {
      assertThat(thrownBy(() -> read(service)).code()).isEqualTo(StandardErrorCode.TOO_LARGE);

      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.channels()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Http2Server.INTERNAL_ERROR,
        Http2Server.REFUSED_STREAM,
        Http2Server.CANCEL,
        Http2Server.ENHANCE_YOUR_CALM
      })
  void a_request_that_is_reset_is_lost_and_repeated_where_it_only_reads(int code) throws Exception {
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number % 2 == 1) {
                    stream.reset(code);
                  } else {
                    stream.answer("answer");
                  }
                });
        HttpService service = service(at)) {
      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.asked()).isEqualTo(2);

      assertThat(thrownBy(() -> Services.text(service, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.CONNECTION_LOST);
      assertThat(at.asked()).as("what may have changed something is sent once").isEqualTo(3);
    }
  }

  @Test
  void an_answer_that_is_reset_gives_no_row_of_it() throws Exception {
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  stream.begin();
                  stream.data("{\"rows\":[{\"a\":1}".getBytes(StandardCharsets.UTF_8), false);
                  stream.reset(Http2Server.INTERNAL_ERROR);
                });
        HttpService service = service(at)) {
      ConnectionException thrown =
          thrownBy(
              () ->
                  service.write(
                      "a",
                      HttpRequest.get("a"),
                      answer -> JsonPage.read(answer, "rows", row -> row),
                      TestOperation.start()));
      assertThat(thrown.code()).isEqualTo(StandardErrorCode.CONNECTION_LOST);
    }
  }

  @Test
  void a_channel_that_ends_answers_what_it_took_and_the_next_request_has_another()
      throws Exception {
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number == 1) {
                    stream.goAway(true);
                  }
                  stream.answer("answer");
                });
        HttpService service = service(at)) {
      assertThat(Services.text(service, HttpRequest.get("a"))).isEqualTo("answer");
      assertThat(Services.text(service, HttpRequest.get("a"))).isEqualTo("answer");
      assertThat(at.channels()).hasSize(2);
    }
  }

  @Test
  void a_request_that_an_ending_channel_did_not_take_is_repeated_on_another() throws Exception {
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number == 1) {
                    stream.goAway(false);
                  } else {
                    stream.answer("answer");
                  }
                });
        HttpService service = service(at)) {
      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.asked()).isEqualTo(2);
      assertThat(at.channels()).hasSize(2);
    }
  }

  /** The certificate covers both names and both have one address: the client would take one. */
  @Test
  void a_channel_to_one_server_serves_no_other_even_if_its_certificate_names_both()
      throws Exception {
    AtomicReference<Http2Server> self = new AtomicReference<>();
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number == 1) {
                    stream.redirect(self.get().uri("other.test"));
                  } else {
                    stream.answer("answer");
                  }
                });
        HttpService service = service(at)) {
      self.set(at);

      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.channels())
          .containsExactly(
              new Http2Server.Channel("inner.test", true),
              new Http2Server.Channel("other.test", false));
    }
  }

  @Test
  void our_certificate_is_shown_to_no_server_that_an_answer_names() throws Exception {
    try (Http2Server at = serving((number, stream) -> stream.answer("answer"));
        HttpService service = service(at)) {
      Services.text(service, HttpRequest.get(at.uri("inner.test").resolve("/a")));
      Services.text(service, HttpRequest.get(at.uri("other.test").resolve("/next")));
      Services.text(
          service,
          HttpRequest.of(HttpRequest.Method.POST, at.uri("other.test").resolve("/token"))
              .form(Map.of("client_secret", Secret.of("s"))));

      assertThat(at.channels())
          .as("the service, the address of an answer, and the one that tokens are asked for at")
          .extracting(Http2Server.Channel::certificate)
          .containsExactly(true, false, true);
    }
  }

  /** Both reach the same server, by the same name, at the same address. */
  @Test
  void a_channel_of_one_connection_serves_no_other() throws Exception {
    try (Http2Server at = serving((number, stream) -> stream.answer("answer"));
        HttpService one = service(at);
        HttpService other = service(at);
        HttpService refused =
            Services.with(
                HttpSettings.of("Cloud", at.uri("secret.test")), new Services.Names(true));
        HttpService distrusting =
            HttpService.open(
                HttpSettings.of("Cloud", at.uri("inner.test")),
                CallLimits.parallel(1),
                TestAdapterContext.create().withEgress(new Services.Names(true)))) {
      read(one);
      read(other);

      assertThat(at.channels()).hasSize(2);
      assertThat(thrownBy(() -> Services.text(refused, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.EGRESS_REFUSED);
      assertThat(thrownBy(() -> Services.text(distrusting, HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.TLS_UNTRUSTED);
      assertThat(at.asked()).isEqualTo(2);
    }
  }

  /** A cancelled request leaves its channel to the others: a dead one would never be given up. */
  @Test
  void a_channel_that_fell_silent_is_given_up_with_the_request_that_waited_in_vain()
      throws Exception {
    CallLimits hasty = CallLimits.parallel(1).withTimeout(Duration.ofMillis(400));
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  if (number != 2) {
                    stream.answer("answer");
                  }
                });
        HttpService service = service(at)) {
      assertThat(read(service)).isEqualTo("answer");
      assertThat(thrownBy(() -> Services.text(service.limited(hasty), HttpRequest.get("a"))).code())
          .isEqualTo(StandardErrorCode.TIMEOUT);

      at.awaitEnd();
      assertThat(read(service)).isEqualTo("answer");
      assertThat(at.channels()).hasSize(2);
    }
  }

  @Test
  void headers_without_end_are_not_kept() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (Http2Server at =
            serving(
                (number, stream) -> {
                  while (true) {
                    sent.addAndGet(stream.moreHeaders());
                  }
                });
        HttpService service = service(at)) {
      thrownBy(() -> Services.text(service, HttpRequest.get("a")));
      assertThat(sent.get()).as("bytes that left before the end").isLessThan(100L << 20);
    }
  }
}
