package dev.connections.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on real sockets that answers as a test says, byte by byte. */
final class ScriptedServer implements AutoCloseable {
  /** The first byte of a client that encrypts. */
  private static final String TLS = "\u0016";

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connected = new AtomicInteger();
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /** Answers a request. */
  interface Script {
    void answer(Received request, Wire wire) throws IOException;
  }

  /** A request as it came. */
  record Received(String method, String path, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** The way back. */
  static final class Wire {
    private final Socket socket;

    private Wire(Socket socket) {
      this.socket = socket;
    }

    void bytes(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    void raw(String text) throws IOException {
      bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void json(String body) throws IOException {
      answer(200, "Content-Type: application/json\r\n", body);
    }

    void answer(int status, String headers, String body) throws IOException {
      bytes(whole(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    void hangUp() throws IOException {
      socket.close();
    }

    /** Lets through whatever comes, to this machine and back, until one side goes. */
    void tunnelTo(int port) throws IOException {
      try (Socket other = new Socket("localhost", port)) {
        raw("HTTP/1.1 200 x\r\n\r\n");
        start(
            () -> {
              try (socket) {
                other.getInputStream().transferTo(socket.getOutputStream());
              } catch (IOException gone) {
                return;
              }
            });
        socket.getInputStream().transferTo(other.getOutputStream());
      }
    }

    /** Sends nothing and reads until the other side goes. */
    void silence() throws IOException {
      while (socket.getInputStream().read() >= 0) {
        // What comes isn't answered.
      }
    }
  }

  static byte[] whole(int status, String headers, byte[] body) {
    byte[] head =
        ("HTTP/1.1 " + status + " x\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private ScriptedServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
    start(this::accept);
  }

  static ScriptedServer plain(Script script) {
    try {
      return new ScriptedServer(
          new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScriptedServer on(ServerSocket listener, String scheme, Script script) {
    return new ScriptedServer(listener, scheme, script);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        connected.incrementAndGet();
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Received request = request(line, in);
        received.add(request);
        script.answer(request, new Wire(socket));
      }
    } catch (IOException gone) {
      return;
    } finally {
      open.remove(socket);
    }
  }

  private static Received request(String first, InputStream in) throws IOException {
    if (!first.matches("[A-Z]+ \\S+ HTTP/1\\.1")) {
      return new Received("?", "?", Map.of(), ""); // a greeting of TLS, for example
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] words = first.split(" ", -1);
    return new Received(words[0], words[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n' && line.indexOf(TLS) < 0; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  List<Received> received() {
    return received;
  }

  /** {@return how many channels were opened} */
  int connected() {
    return connected.get();
  }

  int port() {
    return listener.getLocalPort();
  }

  URI uri() {
    return uri("localhost");
  }

  URI uri(String host) {
    return URI.create(scheme + "://" + host + ":" + port());
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
