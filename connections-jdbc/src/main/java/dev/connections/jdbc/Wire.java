package dev.connections.jdbc;

import dev.connections.api.EgressPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to one server: resolves its name, dials its addresses, and can cut what it dialled. */
final class Wire {
  private static final ThreadLocal<Optional<Dialling>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  private final String host;
  private final int port;
  private final EgressPolicy egress;
  private final Duration connectTimeout;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  Wire(String host, int port, EgressPolicy egress, Duration connectTimeout) {
    this.host = host;
    this.port = port;
    this.egress = egress;
    this.connectTimeout = connectTimeout;
  }

  /** The sockets that one attempt to connect makes on its thread; it can be cut by another one. */
  static final class Dialling implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>(1);
    private final long end;
    private boolean ended;

    private Dialling(Duration timeout) {
      end = System.nanoTime() + timeout.toNanos();
    }

    private synchronized void add(Socket socket) throws SocketException {
      if (ended) {
        throw new SocketException("ended before it was dialled");
      }
      sockets.add(socket);
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
    Dialling begun = new Dialling(timeout.compareTo(connectTimeout) < 0 ? timeout : connectTimeout);
    CURRENT.set(Optional.of(begun));
    return begun;
  }

  List<InetAddress> resolve() {
    return egress.resolve(host, port);
  }

  /** A connected socket, to the first address that answers. */
  Socket dial() throws IOException {
    open.removeIf(Socket::isClosed);
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

  /** One that hangs mustn't use up the time of those after it. */
  Socket dial(InetAddress address, int left) throws IOException {
    Optional<Dialling> current = CURRENT.get();
    long nanos =
        current.map(known -> known.end - System.nanoTime()).orElse(connectTimeout.toNanos());
    int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000 / left));
    Socket socket = new Socket();
    open.add(socket);
    try {
      if (current.isPresent()) {
        current.get().add(socket);
      }
      if (cut) {
        throw new SocketException("closed");
      }
      socket.connect(new InetSocketAddress(address, port), millis);
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  /** Closes every socket; further ones aren't made. */
  void cut() {
    cut = true;
    open.forEach(Wire::close);
    open.clear();
  }

  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is given up in any case.
    }
  }
}
