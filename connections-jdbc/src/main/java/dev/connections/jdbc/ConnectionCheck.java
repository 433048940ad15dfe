package dev.connections.jdbc;

import dev.connections.api.Attempt;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.Registration;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The test of a database, step by step: resolve, connect, tls, authenticate, database, authorize,
 * read. The driver connects once, on a connection of its own; its failure is told in the step it
 * belongs to.
 */
public final class ConnectionCheck {
  /** What an adapter asks its server. */
  public interface Questions {
    /** {@return whether the channel is to be encrypted, if only where the server offers it} */
    boolean encrypting();

    /** {@return whether a channel that isn't encrypted is a failure} */
    boolean encryptionRequired();

    /**
     * Looks whether the right kind of server listens, before any secret is sent.
     *
     * @param socket connected to it, with a time-out set
     * @return whether it offers encryption
     * @throws IOException if it doesn't answer
     * @throws ConnectionException if it is another kind of server
     */
    boolean greet(Socket socket) throws IOException;

    /**
     * {@return product, version and details of the server}
     *
     * @param session a signed-in connection
     * @throws SQLException as the driver throws it
     */
    ServerInfo server(Session session) throws SQLException;

    /**
     * Says what this login may see.
     *
     * @param session a signed-in connection
     * @param findings takes a warning and a detail
     * @throws SQLException as the driver throws it
     */
    void authorize(Session session, TestSteps.Findings findings) throws SQLException;

    /**
     * Reads a little metadata; the cost mustn't grow with the source.
     *
     * @param session a signed-in connection
     * @param findings takes a warning and a detail
     * @throws SQLException as the driver throws it
     */
    void read(Session session, TestSteps.Findings findings) throws SQLException;

    /**
     * {@return the port where the server listens} The one that is configured, unless overridden:
     * the server's host may have to be asked for it.
     *
     * @param configured the port of the settings
     * @param way asks the host
     * @throws IOException if nobody answers
     * @throws ConnectionException if the port can't be found out
     */
    default int port(int configured, RoutedSocketFactory way) throws IOException {
      return configured;
    }

    /** {@return the adapter's own steps, which follow the others; none, unless overridden} */
    default List<Question> further() {
      return List.of();
    }
  }

  /**
   * A step of an adapter's own.
   *
   * @param id a stable lower-case name
   * @param label what a user sees
   * @param body what is asked
   */
  public record Question(String id, String label, Asking body) {}

  /** Asks a server something. */
  @FunctionalInterface
  public interface Asking {
    /**
     * Asks.
     *
     * @param session a signed-in connection
     * @param findings takes a warning and a detail
     * @throws SQLException as the driver throws it
     */
    void ask(Session session, TestSteps.Findings findings) throws SQLException;
  }

  private final Database database;
  private final Questions questions;
  private final Operation operation;
  private List<InetAddress> addresses = List.of();
  private int port;
  private boolean encryptionOffered = true;
  private boolean dialled;
  private Optional<Connection> connection = Optional.empty();
  private Optional<ConnectionException> refusal = Optional.empty();

  private ConnectionCheck(Database database, Questions questions, Operation operation) {
    this.database = database;
    this.questions = questions;
    this.operation = operation;
    this.port = database.settings().port();
  }

  /** Of the port that was found. */
  private DatabaseFailures failures() {
    return database.failures().at(port);
  }

  /**
   * {@return the result of a test}
   *
   * @param database where
   * @param questions what is asked
   * @param operation deadline and cancellation
   */
  public static TestResult run(Database database, Questions questions, Operation operation) {
    Operation call = database.during(operation);
    ConnectionCheck check = new ConnectionCheck(database, questions, call);
    try {
      return check.steps();
    } finally {
      check.connection.ifPresent(DatabasePool::close);
    }
  }

  private TestResult steps() {
    TestSteps steps =
        TestSteps.of(operation)
            .step(StandardStep.RESOLVE, this::resolve)
            .step(StandardStep.CONNECT, this::connect);
    if (questions.encrypting()) {
      steps.step(StandardStep.TLS, this::secure);
    }
    steps
        .step(
            StandardStep.AUTHENTICATE,
            step -> {
              signIn();
              throwUnless(Optional.of(Category.NOT_FOUND));
            })
        .step("database", "Enter the database", step -> enter(steps, step))
        .step(StandardStep.AUTHORIZE, step -> ask("rights", questions::authorize, step))
        .step(StandardStep.READ, step -> ask("sample", questions::read, step));
    for (Question own : questions.further()) {
      steps.step(own.id(), own.label(), step -> ask(own.id(), own.body(), step));
    }
    return steps.result();
  }

  private void ask(String name, Asking body, TestSteps.Findings step) {
    on(
        name,
        session -> {
          body.ask(session, step);
          return true;
        });
  }

  private void resolve(TestSteps.Findings step) {
    addresses = database.calls().read("resolve", operation, this::resolved);
    String found = addresses.size() == 1 ? "1 address" : addresses.size() + " addresses";
    step.detail(port == database.settings().port() ? found : found + ", port " + port);
  }

  private List<InetAddress> resolved(Attempt attempt) {
    Wire wire = database.dialler().wire();
    Wire.Dialling asking = wire.begin(attempt.timeout());
    Registration hook = attempt.onCancel(asking::cut);
    try (asking;
        hook) {
      port = questions.port(database.settings().port(), database.dialler().sockets());
      return wire.resolve(port);
    } catch (IOException | RuntimeException e) {
      operation.checkpoint();
      throw failures().of(e);
    }
  }

  /** Every address is tried: one that hangs costs each later connection its time. */
  private void connect(TestSteps.Findings step) {
    Optional<ConnectionException> failed = Optional.empty();
    int answering = 0;
    for (int i = 0; i < addresses.size(); i++) {
      try {
        probe(addresses.get(i), addresses.size() - i);
        answering++;
      } catch (ConnectionException e) {
        operation.checkpoint();
        failed = Optional.of(e);
      }
    }
    if (answering == 0) {
      throw failed.orElseGet(() -> failures().of(StandardErrorCode.UNKNOWN_HOST).asException());
    }
    if (failed.isPresent()) {
      step.warn(failed.get().failure());
    }
    step.detail(answering + " of " + addresses.size() + " answer");
  }

  private void probe(InetAddress address, int left) {
    encryptionOffered &=
        database
            .calls()
            .read(
                "connect",
                operation,
                attempt -> {
                  Duration timeout = attempt.timeout();
                  Wire.Dialling dialling = database.dialler().wire().begin(timeout);
                  Registration hook = attempt.onCancel(dialling::cut);
                  try (dialling;
                      hook;
                      Socket socket = database.dialler().wire().dial(address, port, left)) {
                    socket.setSoTimeout(
                        (int)
                            Math.max(
                                1,
                                Math.min(
                                    timeout.toMillis(),
                                    database.settings().connectTimeout().toMillis())));
                    return questions.greet(socket);
                  } catch (java.net.SocketTimeoutException e) {
                    throw failures().of(StandardErrorCode.CONNECT_TIMEOUT).asException(e);
                  } catch (IOException | RuntimeException e) {
                    operation.checkpoint();
                    throw failures().of(e);
                  }
                });
  }

  private void secure(TestSteps.Findings step) {
    if (!encryptionOffered) {
      Failure refused = failures().of(StandardErrorCode.TLS_REFUSED);
      if (questions.encryptionRequired()) {
        throw refused.asException();
      }
      step.warn(
          Failure.of(refused.code(), "The channel isn't encrypted: the server doesn't offer it.")
              .withRemedy("Switch encryption on at the server, and require it here.")
              .withFieldPaths(refused.fields()));
    }
    signIn();
    if (refusal.isPresent() && refusal.get().category() == Category.TLS) {
      throw refusal.get();
    }
  }

  /** A connection beside the pool: where nobody waits for it any more, it is closed. */
  private record Aside(Connection connection) implements SafeCloseable {
    @Override
    public void close() {
      DatabasePool.close(connection);
    }
  }

  /** Once: a wrong password mustn't be sent twice. */
  private void signIn() {
    if (dialled) {
      return;
    }
    dialled = true;
    Optional<Connection> mine = Optional.empty();
    try {
      mine =
          Optional.of(
              Opened.once(
                      database.calls(),
                      "sign in",
                      operation,
                      attempt -> new Aside(database.dialAside(attempt)))
                  .connection());
    } catch (ConnectionException e) {
      operation.checkpoint();
      refusal = Optional.of(e);
    }
    connection = mine;
  }

  private void throwUnless(Optional<Category> later) {
    if (refusal.isPresent() && !later.equals(Optional.of(refusal.get().category()))) {
      throw refusal.get();
    }
  }

  private void enter(TestSteps steps, TestSteps.Findings step) {
    throwUnless(Optional.empty());
    ServerInfo server = on("server", questions::server);
    steps.server(server);
    Optional.ofNullable(server.details().get("database")).ifPresent(step::detail);
  }

  private <T> T on(String name, Database.SessionCall<T> call) {
    return database.callOn(connection.orElseThrow(), name, operation, call);
  }
}
