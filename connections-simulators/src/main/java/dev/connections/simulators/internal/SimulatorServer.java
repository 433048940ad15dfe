package dev.connections.simulators.internal;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.connections.simulators.Faults;
import dev.connections.simulators.RequestLog;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server that hands each request to a service, late or spoilt where the plan says so. */
public final class SimulatorServer implements AutoCloseable {
  /** So many requests can wait at the same time; a client that sends more waits for a thread. */
  private static final int THREADS = 128;

  private final FaultPlan faults = new FaultPlan();
  private final RequestRecord record = new RequestRecord(faults::countAnew);
  private final Exchange exchange;
  private final WireMockServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SimulatorServer(Service service) {
    exchange = new Exchange(service, faults, record);
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(THREADS)
                .jettyStopTimeout(1L)
                .timeout(24 * 60 * 60 * 1000)
                .disableRequestJournal()
                // Keeps the server from reading a body before it sends it: some have no end.
                .maxLoggedResponseSize(0)
                .stubRequestLoggingDisabled(true)
                .extensions(new EveryRequest(exchange)));
  }

  /** Starts a server for a service on a free port. */
  public static SimulatorServer start(Service service) {
    SimulatorServer started = new SimulatorServer(service);
    started.server.start();
    started.server.stubFor(any(anyUrl()).willReturn(ok()));
    return started;
  }

  /** Where it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** What was asked. */
  public RequestLog requests() {
    return record;
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** How long each answer waits. */
  public void latency(Duration time) {
    exchange.latency(time);
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      exchange.close();
      server.stop();
    }
  }

  /** The one transformer: it makes every answer. */
  private static final class EveryRequest implements ResponseTransformerV2 {
    private final Exchange exchange;

    EveryRequest(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public Response transform(Response empty, ServeEvent event) {
      return exchange.answer(event.getRequest());
    }

    @Override
    public String getName() {
      return "simulator";
    }
  }
}
