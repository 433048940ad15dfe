package dev.connections.http;

import dev.connections.testkit.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server that speaks HTTP/2 over TLS, frame by frame, as a test says. */
final class Http2Server implements AutoCloseable {
  static final int NO_ERROR = 0;
  static final int INTERNAL_ERROR = 2;
  static final int REFUSED_STREAM = 7;
  static final int CANCEL = 8;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;

  private final SSLServerSocket listener;
  private final Script script;
  private final Set<SSLSocket> open = ConcurrentHashMap.newKeySet();
  private final List<Channel> channels = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Integer> resets = new LinkedBlockingQueue<>();
  private final BlockingQueue<SSLSocket> ended = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** Answers a request, on a thread of its own. */
  interface Script {
    /**
     * Answers.
     *
     * @param number which request of all it is, from 1
     * @param stream the way back
     */
    void answer(int number, Stream stream) throws IOException;
  }

  /**
   * A channel as it was opened.
   *
   * @param name whom the client said it wants
   * @param certificate whether the client showed one
   */
  record Channel(String name, boolean certificate) {}

  /** The way back to one request. */
  static final class Stream {
    private final DataOutputStream out;
    private final int id;
    private boolean begun;

    private Stream(DataOutputStream out, int id) {
      this.out = out;
      this.id = id;
    }

    void answer(String body) throws IOException {
      begin();
      data(body.getBytes(StandardCharsets.UTF_8), true);
    }

    /** Status 200, and the body is to come. */
    void begin() throws IOException {
      frame(HEADERS, END_HEADERS, id, new byte[] {(byte) 0x88});
    }

    /** {@return how many bytes of headers were sent that say there are more} */
    int moreHeaders() throws IOException {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      if (!begun) {
        block.write(0x88);
      }
      byte[] value = "b".repeat(100).getBytes(StandardCharsets.UTF_8);
      while (block.size() < 16_000) {
        block.write(new byte[] {0, 1, 'a', (byte) value.length});
        block.write(value);
      }
      frame(begun ? CONTINUATION : HEADERS, 0, id, block.toByteArray());
      begun = true;
      return block.size();
    }

    /** Literals, named by their place in the table that every client knows. */
    void redirect(URI to) throws IOException {
      byte[] location = to.toString().getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(new byte[] {0x08, 3, '3', '0', '2', 0x0f, 31, (byte) location.length});
      block.write(location);
      frame(HEADERS, END_HEADERS | END_STREAM, id, block.toByteArray());
    }

    void data(byte[] bytes, boolean last) throws IOException {
      frame(DATA, last ? END_STREAM : 0, id, bytes);
    }

    void reset(int code) throws IOException {
      frame(RST_STREAM, 0, id, new byte[] {0, 0, 0, (byte) code});
    }

    /** Says that the channel ends, and whether this request is still among those it answers. */
    void goAway(boolean answering) throws IOException {
      byte last = (byte) (answering ? id : 0);
      frame(GOAWAY, 0, 0, new byte[] {0, 0, 0, last, 0, 0, 0, NO_ERROR});
    }

    private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
      synchronized (out) {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
      }
    }
  }

  private Http2Server(SSLServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    start(this::accept);
  }

  static Http2Server of(TestAuthority authority, TestAuthority.Identity identity, Script script)
      throws GeneralSecurityException, IOException {
    SSLServerSocket listener = EncryptedServer.listener(authority, identity);
    listener.setWantClientAuth(true);
    return new Http2Server(listener, script);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "http2-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        SSLSocket socket = (SSLSocket) listener.accept();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      channels.add(channel((ExtendedSSLSession) socket.getSession()));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Stream own = new Stream(new DataOutputStream(socket.getOutputStream()), 0);
      in.readFully(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length()]);
      own.frame(SETTINGS, 0, 0, new byte[0]);
      while (true) {
        frame(in, own);
      }
    } catch (IOException gone) {
      return;
    } finally {
      open.remove(socket);
      ended.add(socket);
    }
  }

  private static Channel channel(ExtendedSSLSession session) {
    String name =
        session.getRequestedServerNames().stream()
            .map(SNIServerName::getEncoded)
            .map(encoded -> new String(encoded, StandardCharsets.US_ASCII))
            .findFirst()
            .orElse("");
    try {
      return new Channel(name, session.getPeerCertificates().length > 0);
    } catch (SSLPeerUnverifiedException none) {
      return new Channel(name, false);
    }
  }

  private void frame(DataInputStream in, Stream own) throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int id = in.readInt();
    byte[] payload = in.readNBytes(length);
    if (type == SETTINGS && (flags & ACK) == 0) {
      own.frame(SETTINGS, ACK, 0, new byte[0]);
    } else if (type == PING && (flags & ACK) == 0) {
      own.frame(PING, ACK, 0, payload);
    } else if (type == RST_STREAM) {
      resets.add((int) payload[3]);
    } else if ((type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
      int number = asked.incrementAndGet();
      start(
          () -> {
            try {
              script.answer(number, new Stream(own.out, id));
            } catch (IOException gone) {
              return;
            }
          });
    }
  }

  /** {@return the channels that were opened, in order} */
  List<Channel> channels() {
    return channels;
  }

  /** {@return why the client gave up a request, waiting for that; each is told once} */
  int reset() throws InterruptedException {
    Integer code = resets.poll(60, TimeUnit.SECONDS);
    if (code == null) {
      throw new AssertionError("no request was given up");
    }
    return code;
  }

  /** Waits until the client has closed a channel; each is waited for once. */
  void awaitEnd() throws InterruptedException {
    if (ended.poll(60, TimeUnit.SECONDS) == null) {
      throw new AssertionError("no channel was closed");
    }
  }

  /** {@return how many requests came} */
  int asked() {
    return asked.get();
  }

  URI uri(String host) {
    return URI.create("https://" + host + ":" + listener.getLocalPort());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (SSLSocket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
