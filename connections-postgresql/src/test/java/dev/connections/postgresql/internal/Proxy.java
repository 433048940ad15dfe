package dev.connections.postgresql.internal;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before the server: delays its answers, counts statements, cuts connections. */
final class Proxy implements AutoCloseable {
  private final ServerSocket listener;
  private final Duration latency;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final Set<Socket> frozen = ConcurrentHashMap.newKeySet();
  private final AtomicInteger swallowed = new AtomicInteger();

  Proxy(Duration latency) {
    this.latency = latency;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The statements that were sent to be parsed, beginnings of transactions included. */
  List<String> statements() {
    return statements;
  }

  /** How many bytes the server has sent. */
  long sent() {
    return sent.get();
  }

  int connections() {
    return connections.get();
  }

  /** Lets nothing through any more, without a word, as a firewall does that forgot a connection. */
  void freeze() {
    sockets.forEach(frozen::add);
  }

  /** How many messages a frozen connection has swallowed. */
  int swallowed() {
    return swallowed.get();
  }

  /** Goes away, as a server does that is stopped. */
  void goAway() {
    close();
  }

  private static void daemon(Runnable code) {
    Thread thread = new Thread(code, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), PostgresServer.port());
        connections.incrementAndGet();
        sockets.add(client);
        sockets.add(server);
        daemon(() -> forward(client, server));
        daemon(() -> backward(server, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Message by message, to count those that hold a statement. */
  private void forward(Socket from, Socket to) {
    try (from;
        to) {
      DataInputStream in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      boolean started = false;
      while (true) {
        int type = started ? in.readUnsignedByte() : -1;
        int length = in.readInt();
        byte[] body = in.readNBytes(length - 4);
        if (frozen.contains(from)) {
          swallowed.incrementAndGet();
          continue;
        }
        if (type == 'P' || type == 'Q') {
          statements.add(new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " "));
        }
        if (type >= 0) {
          out.write(type);
        }
        out.write(
            new byte[] {
              (byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length
            });
        out.write(body);
        out.flush();
        // A start names protocol 3; a wish for encryption or a cancel has a number of its own.
        started |= type < 0 && body.length > 4 && body[0] == 0 && body[1] == 3;
      }
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  private void backward(Socket from, Socket to) {
    byte[] buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (!latency.isZero() && closed.await(latency.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        sent.addAndGet(read);
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One of the two has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(Proxy::close);
  }
}
