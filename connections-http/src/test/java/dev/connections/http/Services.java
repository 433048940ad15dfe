package dev.connections.http;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Services as tests open them, and what they make of them. */
final class Services {
  private Services() {}

  static HttpService at(URI base) {
    return with(HttpSettings.of("Cloud", base));
  }

  static HttpService with(HttpSettings settings) {
    return HttpService.open(settings, CallLimits.parallel(4), TestAdapterContext.create());
  }

  static HttpService with(HttpSettings settings, EgressPolicy egress) {
    return HttpService.open(
        settings, CallLimits.parallel(4), TestAdapterContext.create().withEgress(egress));
  }

  /** Asks once; a repetition would hide what happened. */
  static String text(HttpService service, HttpRequest request) {
    return service.write(
        "text",
        request,
        answer -> new String(answer.body().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8),
        TestOperation.start());
  }

  static ConnectionException thrownBy(ThrowingCallable call) {
    return Assertions.catchThrowableOfType(ConnectionException.class, call);
  }

  /** A policy that knows some names, allows no other address, and counts what it was asked. */
  static final class Names implements EgressPolicy {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final boolean secure;

    Names(boolean secure) {
      this.secure = secure;
    }

    List<String> asked() {
      return List.copyOf(asked);
    }

    @Override
    public List<InetAddress> resolve(String host, int port) {
      asked.add(host + ":" + port);
      try {
        return switch (host) {
          case "inner.test", "other.test", "localhost", "127.0.0.1" ->
              List.of(InetAddress.getByName("127.0.0.1"));
          case "outer.test" -> List.of(InetAddress.getByName("192.0.2.1"));
          case "secret.test", "127.0.0.2" -> throw refused(StandardErrorCode.EGRESS_REFUSED);
          default -> throw refused(StandardErrorCode.UNKNOWN_HOST);
        };
      } catch (UnknownHostException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static ConnectionException refused(StandardErrorCode code) {
      return Failure.of(code, "Not by this policy.").asException();
    }

    @Override
    public boolean secureRequired() {
      return secure;
    }
  }
}
