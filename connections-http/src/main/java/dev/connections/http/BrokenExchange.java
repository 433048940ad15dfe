package dev.connections.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an exception within a round trip means: by its type and by how far the trip had come. */
final class BrokenExchange {
  private final HttpFailures failures;
  private final Target target;
  private final Progress.Stage stage;
  private final boolean proxied;

  BrokenExchange(HttpFailures failures, Target target, Progress.Stage stage, boolean proxied) {
    this.failures = failures;
    this.target = target;
    this.stage = stage;
    this.proxied = proxied;
  }

  ConnectionException of(IOException thrown) {
    Set<Throwable> chain = chain(thrown);
    Optional<ConnectionException> precise = first(chain, ConnectionException.class);
    if (precise.isPresent()) {
      return failures.named(precise.get());
    }
    if (Thread.currentThread().isInterrupted()) {
      return failures.of(StandardErrorCode.CANCELLED).asException(thrown);
    }
    return failureOf(codeOf(thrown, chain)).asException(thrown);
  }

  private Failure failureOf(ErrorCode code) {
    boolean unreached =
        code == StandardErrorCode.UNKNOWN_HOST
            || code == StandardErrorCode.CONNECTION_REFUSED
            || code == StandardErrorCode.CONNECT_TIMEOUT;
    return unreached ? failures.unreachable(code, target) : failures.of(code);
  }

  private ErrorCode codeOf(IOException thrown, Set<Throwable> chain) {
    if (has(chain, CappedStream.TooLarge.class) || has(chain, StreamConstraintsException.class)) {
      return StandardErrorCode.TOO_LARGE;
    }
    if (thrown instanceof NotJson
        || has(chain, JsonProcessingException.class)
        || has(chain, ZipException.class)) {
      return StandardErrorCode.MALFORMED_DATA;
    }
    if (thrown instanceof InterruptedIOException) {
      return stage == Progress.Stage.CONNECTING
          ? StandardErrorCode.CONNECT_TIMEOUT
          : StandardErrorCode.TIMEOUT;
    }
    if (thrown instanceof UnknownHostException) {
      return StandardErrorCode.UNKNOWN_HOST;
    }
    return switch (stage) {
      case BEGUN, CONNECTING -> connecting(chain);
      case SECURING -> securing(thrown, chain);
      case ASKED -> asked(thrown, chain);
      case ANSWERED -> StandardErrorCode.CONNECTION_LOST;
    };
  }

  private ErrorCode connecting(Set<Throwable> chain) {
    if (has(chain, ConnectException.class) || has(chain, NoRouteToHostException.class)) {
      return StandardErrorCode.CONNECTION_REFUSED;
    }
    return proxied ? HttpErrorCode.PROXY_REFUSED : StandardErrorCode.CONNECTION_LOST;
  }

  private static ErrorCode securing(IOException thrown, Set<Throwable> chain) {
    if (has(chain, CertPathBuilderException.class)
        || has(chain, CertPathValidatorException.class)) {
      return StandardErrorCode.TLS_UNTRUSTED;
    }
    if (has(chain, SSLPeerUnverifiedException.class)) {
      return StandardErrorCode.TLS_HOST_MISMATCH;
    }
    if (has(chain, CertificateException.class)) {
      return StandardErrorCode.TLS_UNTRUSTED;
    }
    if (thrown.getClass() == SSLException.class) {
      return StandardErrorCode.WRONG_PROTOCOL; // what came wasn't a record of TLS
    }
    return thrown instanceof SSLException
        ? StandardErrorCode.TLS_REFUSED
        : StandardErrorCode.CONNECTION_LOST;
  }

  private static ErrorCode asked(IOException thrown, Set<Throwable> chain) {
    if (thrown instanceof SSLException) {
      return StandardErrorCode.TLS_REFUSED; // TLS 1.3 asks for our certificate after the handshake
    }
    return has(chain, ProtocolException.class)
        ? StandardErrorCode.WRONG_PROTOCOL
        : StandardErrorCode.CONNECTION_LOST;
  }

  private static Set<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable next = thrown;
    while (next != null && seen.add(next)) {
      next = next.getCause();
    }
    return seen;
  }

  private static boolean has(Set<Throwable> chain, Class<? extends Throwable> type) {
    return first(chain, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> first(Set<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
