package dev.connections.http;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.time.Clock;
import java.util.List;

/**
 * The failures of one service: its name in their sentences, the configuration's fields to look at,
 * the status as the vendor's code. Safe for any thread.
 */
public final class HttpFailures {
  private final HttpSettings settings;
  private final Clock clock;

  HttpFailures(HttpSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * {@return the failure of a code, in the words for services on the web}
   *
   * @param code the code
   */
  public Failure of(ErrorCode code) {
    return fields(HttpTexts.of(code, settings.displayName(), Target.of(settings.base())));
  }

  /**
   * {@return a failure with words of its own, and with the fields of its code}
   *
   * @param code the code
   * @param message one sentence, without secrets and without foreign text
   * @param remedy what the user can do
   */
  public Failure of(ErrorCode code, String message, String remedy) {
    return fields(Failure.of(code, message).withRemedy(remedy));
  }

  /**
   * {@return what the status of an answer means, with how long the service asks us to wait}
   *
   * @param answer of whatever status
   */
  public ConnectionException ofStatus(Answer answer) {
    return of(codeOf(answer), answer);
  }

  /**
   * {@return the failure of a code as an exception that carries the status of an answer, and how
   * long the service asks us to wait}
   *
   * @param code the code
   * @param answer what the service answered
   */
  public ConnectionException of(ErrorCode code, Answer answer) {
    return of(of(code), answer);
  }

  /**
   * {@return a failure as an exception that carries the status of an answer, and how long the
   * service asks us to wait}
   *
   * @param failure what went wrong
   * @param answer what the service answered
   */
  public ConnectionException of(Failure failure, Answer answer) {
    ConnectionException thrown =
        failure.withVendorCode(Integer.toString(answer.status())).asException();
    return answer
        .header("Retry-After")
        .flatMap(header -> RetryAfter.of(header, clock))
        .map(thrown::retryAfter)
        .orElse(thrown);
  }

  private static ErrorCode codeOf(Answer answer) {
    int status = answer.status();
    return switch (status) {
      case 400, 406, 409, 411, 412, 415, 422 -> HttpErrorCode.REQUEST_REFUSED;
      case 401 -> StandardErrorCode.WRONG_CREDENTIALS;
      case 402 -> StandardErrorCode.QUOTA_EXHAUSTED;
      case 403 -> answer.isWebPage() ? HttpErrorCode.WEB_PAGE : StandardErrorCode.PERMISSION_DENIED;
      case 404, 410 -> answer.isWebPage() ? HttpErrorCode.WEB_PAGE : StandardErrorCode.NOT_FOUND;
      case 405, 501 -> StandardErrorCode.UNSUPPORTED;
      case 407 -> HttpErrorCode.PROXY_REFUSED;
      case 408, 504 -> StandardErrorCode.TIMEOUT;
      case 413, 414, 431 -> StandardErrorCode.TOO_LARGE;
      case 429 -> StandardErrorCode.THROTTLED;
      default -> {
        if (status >= 500) {
          yield StandardErrorCode.UNAVAILABLE;
        }
        yield status >= 300 && status < 400
            ? HttpErrorCode.REDIRECT_REFUSED
            : HttpErrorCode.REQUEST_REFUSED;
      }
    };
  }

  /** {@return a precise exception with the fields of its code, where it names none itself} */
  ConnectionException named(ConnectionException thrown) {
    if (!thrown.failure().fields().isEmpty() || thrown.category() == Category.CANCELLED) {
      return thrown;
    }
    Failure failure = fields(thrown.failure());
    if (failure.fields().isEmpty()) {
      return thrown;
    }
    ConnectionException named = failure.asException(thrown);
    return thrown.retryAfter().map(named::retryAfter).orElse(named);
  }

  /** {@return an unreachable server's failure, which names the server that was dialled} */
  Failure unreachable(ErrorCode code, Target dialled) {
    return fields(
        StandardFailures.unreachable(code, settings.displayName(), dialled.host(), dialled.port()));
  }

  private Failure fields(Failure failure) {
    List<Field<?>> fields = settings.fields().getOrDefault(failure.code().id(), List.of());
    return fields.isEmpty() ? failure : failure.withFields(fields.toArray(Field<?>[]::new));
  }
}
