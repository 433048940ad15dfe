package dev.connections.store.jdbc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What lies between a store and its server: counts the round trips, and can be cut. A round trip
 * begins when the client speaks after the server did.
 */
final class Wire implements AutoCloseable {
  private static final int READY = 'Z';
  private static final int NEVER = Integer.MAX_VALUE;

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "wire");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicInteger cutAt = new AtomicInteger(NEVER);
  private final int server;

  Wire(int server) throws IOException {
    this.server = server;
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  int roundTrips() {
    return roundTrips.get();
  }

  /**
   * Lets so many round trips through. The answer to the next one is lost, though the server has
   * done its work. There must be one client only.
   */
  void cutAfter(int more) {
    cutAt.set(roundTrips.get() + more + 1);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket towards = new Socket(InetAddress.getLoopbackAddress(), server);
        client.setTcpNoDelay(true);
        towards.setTcpNoDelay(true);
        open.add(client);
        open.add(towards);
        AtomicBoolean clientsTurn = new AtomicBoolean(true);
        threads.execute(() -> questions(client, towards, clientsTurn));
        threads.execute(() -> answers(towards, client, clientsTurn));
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void questions(Socket from, Socket to, AtomicBoolean clientsTurn) {
    try (from;
        to) {
      byte[] part = new byte[1 << 16];
      int length = from.getInputStream().read(part);
      while (length >= 0) {
        if (clientsTurn.compareAndSet(true, false)) {
          roundTrips.incrementAndGet();
        }
        to.getOutputStream().write(part, 0, length);
        length = from.getInputStream().read(part);
      }
    } catch (IOException gone) {
      // Both ends are closed.
    }
  }

  private void answers(Socket from, Socket to, AtomicBoolean clientsTurn) {
    try (from;
        to) {
      InputStream in = new BufferedInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      DataInputStream messages = new DataInputStream(in);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      while (true) {
        int type = messages.readUnsignedByte();
        int length = messages.readInt();
        answer.write(type);
        answer.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        answer.write(messages.readNBytes(length - Integer.BYTES));
        if (in.available() > 0) {
          continue;
        }
        if (type == READY && cutAt.compareAndSet(roundTrips.get(), NEVER)) {
          return;
        }
        clientsTurn.set(true);
        answer.writeTo(out);
        answer.reset();
      }
    } catch (IOException gone) {
      // Both ends are closed.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
