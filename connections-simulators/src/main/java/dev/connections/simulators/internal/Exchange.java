package dev.connections.simulators.internal;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import dev.connections.simulators.Fault;
import dev.connections.simulators.SimulatedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One request's way: recorded, delayed, answered by the service, spoilt. */
final class Exchange implements AutoCloseable {
  private final Service service;
  private final FaultPlan faults;
  private final RequestRecord record;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Answer> lastAnswers = new ConcurrentHashMap<>();
  private volatile Duration latency = Duration.ZERO;

  Exchange(Service service, FaultPlan faults, RequestRecord record) {
    this.service = service;
    this.faults = faults;
    this.record = record;
  }

  void latency(Duration time) {
    latency = time;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  Response answer(Request asked) {
    SimulatedRequest request = record.begin(number -> recorded(number, asked));
    try {
      List<Fault> struck = faults.strike(request.path());
      Incoming incoming =
          new Incoming(
              request,
              Optional.ofNullable(asked.getHeader("Authorization")),
              asked.getBody(),
              struck);
      Answer answer = answer(incoming);
      delay(incoming);
      return response(incoming, answer);
    } finally {
      record.end();
    }
  }

  private static SimulatedRequest recorded(int number, Request asked) {
    URI uri = URI.create(asked.getAbsoluteUrl());
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpHeader header : asked.getHeaders().all()) {
      headers.putIfAbsent(header.key().toLowerCase(Locale.ROOT), header.firstValue());
    }
    String authorization = headers.remove("authorization");
    headers.remove("cookie");
    return new SimulatedRequest(
        number,
        asked.getMethod().getName(),
        uri.getPath(),
        Form.parse(Optional.ofNullable(uri.getRawQuery()).orElse("")),
        headers,
        Optional.ofNullable(authorization)
            .map(value -> value.split(" ", 2)[0].toLowerCase(Locale.ROOT)));
  }

  private Answer answer(Incoming incoming) {
    Optional<Fault.Answer> instead = incoming.fault(Fault.Answer.class);
    if (instead.isPresent()) {
      Answer other = Answer.plain(instead.get().status(), instead.get().body());
      instead.get().headers().forEach(other::with);
      return other;
    }
    Answer before = lastAnswers.get(incoming.path());
    if (before != null && incoming.fault(Fault.PreviousAnswer.class).isPresent()) {
      return before;
    }
    Answer answer = service.answer(incoming, record.underWay());
    if (answer.status() == 200 && incoming.is("GET")) {
      lastAnswers.put(incoming.path(), answer);
    }
    return answer;
  }

  private void delay(Incoming incoming) {
    Duration time =
        incoming
            .fault(Fault.Delay.class)
            .map(Fault.Delay::time)
            .orElse(Duration.ZERO)
            .plus(latency);
    if (incoming.fault(Fault.Silence.class).isPresent()) {
      time = Duration.ofDays(1);
    }
    if (time.isZero()) {
      return;
    }
    try {
      if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("the simulator is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Response response(Incoming incoming, Answer answer) {
    byte[] body = answer.body();
    Optional<Fault.LostConnection> lost = incoming.fault(Fault.LostConnection.class);
    Optional<Fault.CutBody> cut = incoming.fault(Fault.CutBody.class);
    if (lost.isPresent()) {
      return lost(answer, lost.get().bytes());
    }
    Response.Builder response =
        Response.response().status(answer.status()).headers(headers(answer));
    if (incoming.fault(Fault.EndlessBody.class).isPresent()) {
      return response.body(() -> BrokenBody.endless(body)).build();
    }
    return response
        .body(cut.map(end -> Arrays.copyOf(body, Math.min(end.bytes(), body.length))).orElse(body))
        .build();
  }

  /**
   * A length that isn't reached, and no compression that would hide it: the server must give up.
   */
  private static Response lost(Answer answer, int bytes) {
    byte[] body = answer.body();
    HttpHeader length =
        new HttpHeader("Content-Length", Integer.toString(Math.max(body.length, bytes + 1)));
    HttpHeader encoding = new HttpHeader("Content-Encoding", "identity");
    return Response.response()
        .status(answer.status())
        .headers(headers(answer).plus(length, encoding))
        .body(() -> BrokenBody.lostAfter(body, bytes))
        .build();
  }

  private static HttpHeaders headers(Answer answer) {
    return new HttpHeaders(
        answer.headers().stream()
            .map(header -> new HttpHeader(header.getKey(), header.getValue()))
            .toList());
  }
}
