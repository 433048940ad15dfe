package dev.connections.jdbc;

import dev.connections.api.EgressPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to one server: resolves its name, dials its addresses, and can cut what it dialled. */
final class Wire {
  private static final ThreadLocal<Optional<Dialling>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  /** After how many milliseconds a datagram is sent again, and for how long at most. */
  private static final int TRY_AGAIN = 1_000;

  private static final int TRY_LONGEST = 10_000;

  private final String host;
  private final int port;
  private final EgressPolicy egress;
  private final Duration connectTimeout;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Wire(String host, int port, EgressPolicy egress, Duration connectTimeout) {
    this.host = host;
    this.port = port;
    this.egress = egress;
    this.connectTimeout = connectTimeout;
  }

  /** The sockets that one attempt to connect makes on its thread; it can be cut by another one. */
  static final class Dialling implements AutoCloseable {
    private final List<Closeable> sockets = new ArrayList<>(1);
    private final long end;
    private Optional<Exception> failure = Optional.empty();
    private int port;
    private boolean ended;

    private Dialling(Duration timeout, int port) {
      end = System.nanoTime() + timeout.toNanos();
      this.port = port;
    }

    private synchronized void dialled(int otherPort) {
      port = otherPort;
    }

    /** Which port of the server was dialled last; the configured one, if none was yet. */
    synchronized int port() {
      return port;
    }

    private synchronized void add(Closeable socket) throws SocketException {
      if (ended) {
        throw new SocketException("ended before it was dialled");
      }
      sockets.add(socket);
    }

    private synchronized void failed(Exception why) {
      failure = Optional.of(why);
    }

    /** Why no socket was connected: drivers report it without its cause. */
    synchronized Optional<Exception> failure() {
      return failure;
    }

    synchronized void cut() {
      ended = true;
      sockets.forEach(Wire::close);
    }

    @Override
    public void close() {
      CURRENT.remove();
    }
  }

  Dialling begin(Duration timeout) {
    Dialling begun =
        new Dialling(timeout.compareTo(connectTimeout) < 0 ? timeout : connectTimeout, port);
    CURRENT.set(Optional.of(begun));
    return begun;
  }

  List<InetAddress> resolve() {
    return resolve(port);
  }

  List<InetAddress> resolve(int otherPort) {
    return egress.resolve(host, otherPort);
  }

  /** A connected socket, to the first address that answers. */
  Socket dial() throws IOException {
    List<InetAddress> addresses = resolve();
    IOException failed = new SocketException("no address");
    for (int i = 0; i < addresses.size(); i++) {
      try {
        return dial(addresses.get(i), addresses.size() - i);
      } catch (IOException e) {
        failed = e;
      }
    }
    throw failed;
  }

  /**
   * A socket that its user connects. Whatever address it is told, it goes to a checked one of the
   * host that was meant: this server, or another that this server sent the driver to.
   */
  Socket unconnected() {
    return new Routed();
  }

  private final class Routed extends Socket {
    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      try {
        connect((InetSocketAddress) endpoint);
      } catch (IOException | RuntimeException e) {
        CURRENT.get().ifPresent(dialling -> dialling.failed(e));
        throw e;
      }
    }

    private void connect(InetSocketAddress meant) throws IOException {
      Wire way = toward(meant.getHostString(), meant.getPort());
      if (way.host.equalsIgnoreCase(host)) {
        CURRENT.get().ifPresent(dialling -> dialling.dialled(way.port));
      }
      List<InetAddress> addresses = way.resolve();
      InetAddress chosen = addresses.size() == 1 ? addresses.get(0) : way.answering(addresses);
      enlist(this);
      try {
        super.connect(new InetSocketAddress(chosen, way.port), way.millis(1));
      } catch (IOException e) {
        Wire.close(this);
        throw e;
      }
    }
  }

  private Wire toward(String otherHost, int otherPort) {
    return otherPort == port && otherHost.equalsIgnoreCase(host)
        ? this
        : new Wire(otherHost, otherPort, egress, connectTimeout);
  }

  /** A socket that failed to connect can't be used again, so another one tries. */
  private InetAddress answering(List<InetAddress> addresses) throws IOException {
    IOException failed = new SocketException("no address");
    for (int i = 0; i < addresses.size(); i++) {
      try {
        close(dial(addresses.get(i), addresses.size() - i));
        return addresses.get(i);
      } catch (IOException e) {
        failed = e;
      }
    }
    throw failed;
  }

  private int millis(int left) {
    long nanos =
        CURRENT.get().map(known -> known.end - System.nanoTime()).orElse(connectTimeout.toNanos());
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000 / left));
  }

  /** From now on the socket is closed with what it belongs to. */
  private void enlist(Closeable socket) throws SocketException {
    open.removeIf(each -> each instanceof Socket other && other.isClosed());
    open.add(socket);
    Optional<Dialling> current = CURRENT.get();
    if (current.isPresent()) {
      current.get().add(socket);
    }
    if (cut) {
      throw new SocketException("closed");
    }
  }

  Socket dial(InetAddress address, int left) throws IOException {
    return dial(address, port, left);
  }

  /** One that hangs mustn't use up the time of those after it. */
  Socket dial(InetAddress address, int port, int left) throws IOException {
    Socket socket = new Socket();
    try {
      enlist(socket);
      socket.connect(new InetSocketAddress(address, port), millis(left));
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /**
   * The first answer to a datagram that is sent to each address of the host in turn.
   *
   * @throws SocketTimeoutException if none answers
   */
  byte[] ask(int otherPort, byte[] question, int longest) throws IOException {
    List<InetAddress> addresses = resolve(otherPort);
    IOException failed = new SocketException("no address");
    for (int i = 0; i < addresses.size(); i++) {
      try {
        InetSocketAddress to = new InetSocketAddress(addresses.get(i), otherPort);
        return ask(to, question, longest, addresses.size() - i);
      } catch (IOException e) {
        failed = e;
      }
    }
    throw failed;
  }

  /** A datagram may be lost on its way or back, so it is sent more than once. */
  private byte[] ask(InetSocketAddress to, byte[] question, int longest, int left)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      try {
        enlist(socket);
        socket.connect(to); // answers of anybody else are dropped
        return ask(socket, question, longest, Math.min(TRY_LONGEST, millis(left)));
      } finally {
        open.remove(socket);
      }
    }
  }

  private static byte[] ask(DatagramSocket socket, byte[] question, int longest, int millis)
      throws IOException {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (true) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      socket.setSoTimeout((int) Math.max(1, Math.min(TRY_AGAIN, left)));
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[longest], longest);
      try {
        socket.receive(answer);
        return Arrays.copyOf(answer.getData(), answer.getLength());
      } catch (SocketTimeoutException e) {
        if (end - System.nanoTime() <= 0) {
          throw e;
        }
      }
    }
  }

  /** Closes every socket; further ones aren't made. */
  void cut() {
    cut = true;
    open.forEach(Wire::close);
    open.clear();
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }
}
