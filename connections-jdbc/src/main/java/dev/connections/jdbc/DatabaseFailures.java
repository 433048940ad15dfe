package dev.connections.jdbc;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what a driver throws into precise failures: by number, SQLState and type of every exception
 * in the chain, never by text. Safe for any thread.
 */
public final class DatabaseFailures {
  private final DatabaseSettings settings;

  /**
   * Makes failures of one connection.
   *
   * @param settings the source's name, its table of codes, the fields to name
   */
  public DatabaseFailures(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * {@return failures of a server that listens on another port than the configured one, because its
   * host was asked for the port}
   *
   * @param port which is told then
   */
  public DatabaseFailures at(int port) {
    return port == settings.port() ? this : new DatabaseFailures(settings.at(port));
  }

  /**
   * {@return a precise failure for what a driver threw; a precise one within the chain is kept}
   *
   * @param thrown what was thrown
   */
  public ConnectionException of(Throwable thrown) {
    Set<Throwable> chain = chain(thrown);
    Optional<ConnectionException> precise = first(chain, ConnectionException.class);
    if (precise.isPresent()) {
      return named(precise.get());
    }
    ErrorCode code =
        byNumber(chain)
            .or(() -> settings.errors().ofTypes(chain))
            .or(() -> byState(chain))
            .orElse(null);
    if (code == null) {
      return withVendorCode(unknown(thrown, chain), chain).asException(thrown);
    }
    return withVendorCode(of(code), chain).asException(thrown);
  }

  private ConnectionException named(ConnectionException thrown) {
    if (!thrown.failure().fields().isEmpty() || thrown.category() == Category.CANCELLED) {
      return thrown;
    }
    return withFields(thrown.failure()).asException(thrown);
  }

  /** Every exception beneath, by cause and by next exception, each once. */
  private static Set<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    LinkedHashSet<Throwable> ordered = new LinkedHashSet<>();
    Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
    while (!open.isEmpty()) {
      Throwable next = open.removeFirst();
      if (seen.add(next)) {
        ordered.add(next);
        if (next instanceof SQLException sql && sql.getNextException() != null) {
          open.addLast(sql.getNextException());
        }
        if (next.getCause() != null) {
          open.addLast(next.getCause());
        }
      }
    }
    return ordered;
  }

  private static <T extends Throwable> Optional<T> first(Set<Throwable> chain, Class<T> type) {
    return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private Optional<ErrorCode> byNumber(Set<Throwable> chain) {
    return chain.stream()
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .flatMap(
            e ->
                settings
                    .errors()
                    .ofNumber(e.getErrorCode(), Optional.ofNullable(e.getSQLState()).orElse(""))
                    .stream())
        .findFirst();
  }

  private Optional<ErrorCode> byState(Set<Throwable> chain) {
    return chain.stream()
        .filter(SQLException.class::isInstance)
        .flatMap(e -> Optional.ofNullable(((SQLException) e).getSQLState()).stream())
        .flatMap(state -> settings.errors().ofState(state).stream())
        .findFirst();
  }

  /** What no row knows is repeated only where its type says that it may help. */
  private Failure unknown(Throwable thrown, Set<Throwable> chain) {
    if (thrown instanceof SQLException || thrown instanceof IOException) {
      if (first(chain, SQLRecoverableException.class).isPresent()) {
        return of(StandardErrorCode.CONNECTION_LOST);
      }
      boolean passing =
          first(chain, SQLTransientException.class).isPresent()
              || first(chain, IOException.class).isPresent();
      return of(passing ? StandardErrorCode.UNAVAILABLE : DatabaseErrorCode.UNKNOWN_ERROR);
    }
    return thrown instanceof RuntimeException && byDriver(thrown)
        ? of(StandardErrorCode.MALFORMED_DATA)
        : StandardFailures.internal(thrown);
  }

  /** A driver that stumbles over what a server sent throws whatever it happens to. */
  private static boolean byDriver(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .findFirst()
        .filter(name -> !name.startsWith("dev.connections."))
        .isPresent();
  }

  private static Failure withVendorCode(Failure failure, Set<Throwable> chain) {
    return first(chain, SQLException.class)
        .map(
            e ->
                e.getErrorCode() != 0
                    ? Integer.toString(e.getErrorCode())
                    : Optional.ofNullable(e.getSQLState()).orElse(""))
        .filter(code -> !code.isEmpty())
        .map(failure::withVendorCode)
        .orElse(failure);
  }

  /**
   * {@return the failure of a code, with its sentence, its remedy and the fields to look at}
   *
   * @param code the code
   */
  public Failure of(ErrorCode code) {
    return withFields(FailureTexts.of(code, settings));
  }

  private Failure withFields(Failure failure) {
    List<Field<?>> fields = settings.fields().getOrDefault(failure.code().id(), List.of());
    return fields.isEmpty() ? failure : failure.withFields(fields.toArray(Field<?>[]::new));
  }
}
