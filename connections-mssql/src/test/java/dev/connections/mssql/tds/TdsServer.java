package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * An endpoint that speaks TDS 7.4, and 8 where it is strict: the driver connects to it as to a SQL
 * Server, and gets the answers that a test gives it. It listens on the loopback address alone and
 * records every connection. Safe for any thread.
 */
public final class TdsServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Endpoint endpoint;
  private final ServerSocket listener;
  private final List<RecordedConnection> connections = new CopyOnWriteArrayList<>();
  private final List<TdsSession> sessions = new CopyOnWriteArrayList<>();

  private TdsServer(Endpoint endpoint) {
    this.endpoint = endpoint;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TdsSession.daemon(this::accept);
  }

  /** {@return a server to be described; it encrypts nothing and lets everybody in} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return a running server that gives these answers} */
  public static TdsServer answering(QueryAnswers answers) {
    return builder().answers(answers).start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) endpoint.patience().toMillis());
        RecordedConnection recorded = new RecordedConnection(this::changed);
        TdsSession session = new TdsSession(endpoint, socket, recorded);
        connections.add(recorded);
        sessions.add(session);
        if (listener.isClosed()) {
          session.close();
        }
        TdsSession.daemon(
            () -> {
              session.run();
              recorded.end();
              left(session);
            });
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void left(TdsSession session) {
    sessions.remove(session);
    changed();
  }

  private void changed() {
    synchronized (sessions) {
      sessions.notifyAll();
    }
  }

  /**
   * Waits until it knows that a client doesn't wait any more: its caller doesn't wait for that.
   *
   * @throws IllegalStateException if it doesn't get to know within a minute
   */
  public void awaitStop() throws InterruptedException {
    await(() -> connections.stream().anyMatch(RecordedConnection::stopped));
  }

  /**
   * Waits until every client has gone: that takes a moment after it closed its end.
   *
   * @throws IllegalStateException if one is there after a minute
   */
  public void awaitNoConnection() throws InterruptedException {
    await(sessions::isEmpty);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (sessions) {
      while (!condition.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("it didn't come to that: " + connections);
        }
        sessions.wait(left);
      }
    }
  }

  /** {@return the port that it listens on} */
  public int port() {
    return listener.getLocalPort();
  }

  /** {@return every connection since the start, in their order, ended ones too} */
  public List<RecordedConnection> connections() {
    return List.copyOf(connections);
  }

  /** {@return how many connections are open now} */
  public int open() {
    return sessions.size();
  }

  /** {@return what was asked on all connections} */
  public List<Query> queries() {
    return connections.stream().flatMap(each -> each.queries().stream()).toList();
  }

  /** {@return how often somebody waited for an answer, greetings and sign-ins included} */
  public int roundTrips() {
    return connections.stream().mapToInt(RecordedConnection::roundTrips).sum();
  }

  /** {@return how many sign-ins there were} */
  public int logins() {
    return (int) connections.stream().filter(each -> each.login().isPresent()).count();
  }

  /** {@return how often a client wanted to stop} */
  public int attentions() {
    return connections.stream().mapToInt(RecordedConnection::attentions).sum();
  }

  /** {@return what the endpoint itself couldn't do; a test that finds something here is wrong} */
  public List<Throwable> faults() {
    return connections.stream().flatMap(each -> each.faults().stream()).toList();
  }

  /** Ends every connection, and accepts none. Calling it again does nothing. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.forEach(TdsSession::close);
  }

  /** Describes a server. Used by one thread. */
  public static final class Builder {
    private Encryption encryption = Encryption.NOT_SUPPORTED;
    private Optional<SSLContext> tls = Optional.empty();
    private Logins logins = Logins.ANYBODY;
    private QueryAnswers answers = QueryAnswers.NONE;
    private Duration latency = Duration.ZERO;
    private int packetSize = 8000;
    private ServerVersion version = ServerVersion.SQL_SERVER_2022;
    private Disturbance disturbance = Disturbance.NONE;
    private Optional<byte[]> greeting = Optional.empty();
    private boolean deaf;
    private boolean asksForCertificates;
    private Duration patience = Duration.ZERO;

    private Builder() {}

    /** Encrypts, by a certificate. {@return this} */
    public Builder encrypting(Encryption how, SSLContext certificate) {
      encryption = how;
      tls = Optional.of(certificate);
      return this;
    }

    /** Lets these in. {@return this} */
    public Builder logins(Logins whom) {
      logins = whom;
      return this;
    }

    /** Answers so. {@return this} */
    public Builder answers(QueryAnswers how) {
      answers = how;
      return this;
    }

    /** Lets each round trip take so long. {@return this} */
    public Builder latency(Duration time) {
      latency = time;
      return this;
    }

    /** Agrees to packets of at most so many bytes. {@return this} */
    public Builder packetSize(int bytes) {
      packetSize = bytes;
      return this;
    }

    /** Says it is this. {@return this} */
    public Builder version(ServerVersion what) {
      version = what;
      return this;
    }

    /** Disturbs what is sent. {@return this} */
    public Builder disturbance(Disturbance how) {
      disturbance = how;
      return this;
    }

    /** Speaks another protocol: says this to whoever says anything, and goes. {@return this} */
    public Builder speaking(byte[] greeting) {
      this.greeting = Optional.of(greeting);
      return this;
    }

    /** Accepts connections and never says anything. {@return this} */
    public Builder mute() {
      return speaking(new byte[0]);
    }

    /** Never hears that a client wants to stop. {@return this} */
    public Builder deaf() {
      deaf = true;
      return this;
    }

    /**
     * Shakes hands with those alone who show a certificate of the tests' authority. {@return this}
     */
    public Builder askingForCertificates() {
      asksForCertificates = true;
      return this;
    }

    /** Leaves a client that says nothing for so long. {@return this} */
    public Builder patience(Duration time) {
      patience = time;
      return this;
    }

    /** {@return the server, running} */
    public TdsServer start() {
      return new TdsServer(
          new Endpoint(
              encryption,
              tls,
              logins,
              answers,
              latency,
              packetSize,
              version,
              disturbance,
              greeting,
              deaf,
              asksForCertificates,
              patience));
    }
  }
}
