package dev.connections.store.jdbc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Grants an access token for each refresh token once, and a new refresh token with it; and says
 * which tables there are.
 */
final class GrantingServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(6);
  private String refreshToken;
  private String accessToken = "none";
  private int usesLeft;
  private int usesPerToken = Integer.MAX_VALUE;
  private int granted;
  private int spentTwice;
  private volatile String shape = "0 0";
  private volatile int heldTable = -1;
  private volatile boolean usesHeld;
  private CountDownLatch heldBack = new CountDownLatch(0);
  private CountDownLatch reached = new CountDownLatch(0);

  GrantingServer(String firstRefreshToken) throws IOException {
    this.refreshToken = firstRefreshToken;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/token", this::grant);
    server.createContext("/use", this::use);
    server.createContext("/shape", exchange -> answer(exchange, shape));
    server.createContext("/table", this::table);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void grant(HttpExchange exchange) throws IOException {
    boolean held = holdBack();
    String answer = "";
    synchronized (this) {
      if (!held && refreshToken.equals(given(exchange))) {
        granted++;
        usesLeft = usesPerToken;
        refreshToken = "refresh-" + granted;
        accessToken = "access-" + granted;
        answer = accessToken + " " + refreshToken;
      } else if (!held) {
        spentTwice++;
      }
    }
    answer(exchange, answer);
  }

  private static String given(HttpExchange exchange) {
    return URLDecoder.decode(
        exchange.getRequestHeaders().getFirst("Authorization"), StandardCharsets.UTF_8);
  }

  /** What was held back is never dealt with. */
  private boolean holdBack() {
    CountDownLatch latch;
    synchronized (this) {
      latch = heldBack;
      reached.countDown();
    }
    boolean held = latch.getCount() > 0;
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return held;
  }

  private void use(HttpExchange exchange) throws IOException {
    if (usesHeld) {
      holdBack();
    }
    String answer;
    synchronized (this) {
      boolean good = accessToken.equals(given(exchange)) && usesLeft-- > 0;
      answer = good ? "welcome" : "";
    }
    answer(exchange, answer);
  }

  private void table(HttpExchange exchange) throws IOException {
    if (Integer.parseInt(given(exchange)) == heldTable) {
      holdBack();
    }
    answer(exchange, "here");
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(body.length == 0 ? 401 : 200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** From now on a token is good for so many uses. */
  synchronized void usesPerToken(int uses) {
    usesPerToken = uses;
    usesLeft = Math.min(usesLeft, uses);
  }

  synchronized void revoke() {
    accessToken = "revoked";
  }

  synchronized void expect(String token) {
    refreshToken = token;
    revoke();
  }

  /** Answers no request for a token until it is let go. */
  synchronized CountDownLatch holdTokens() {
    heldBack = new CountDownLatch(1);
    reached = new CountDownLatch(1);
    return reached;
  }

  /** Holds an import back that has come to a table, until it is let go. */
  synchronized CountDownLatch holdTableAt(int number) {
    heldTable = number;
    return holdTokens();
  }

  /** Holds back who comes with a token, until it is let go. */
  synchronized CountDownLatch holdUses() {
    usesHeld = true;
    return holdTokens();
  }

  /** From now on it has so many tables, each with so many columns. */
  void tables(int count, int columns) {
    shape = count + " " + columns;
  }

  synchronized void letGo() {
    heldTable = -1;
    usesHeld = false;
    heldBack.countDown();
    heldBack = new CountDownLatch(0);
  }

  synchronized int granted() {
    return granted;
  }

  synchronized int spentTwice() {
    return spentTwice;
  }

  @Override
  public void close() {
    letGo();
    server.stop(0);
    threads.shutdownNow();
  }
}
