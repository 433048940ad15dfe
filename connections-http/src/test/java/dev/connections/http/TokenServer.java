package dev.connections.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service behind OAuth: each grant makes the tokens before it worthless, as strict services do.
 */
final class TokenServer implements AutoCloseable {
  private final ScriptedServer server = ScriptedServer.plain(this::answer);
  private final AtomicInteger granted = new AtomicInteger();
  private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
  private volatile String refusal = "";
  private volatile boolean rotates = true;
  private volatile String more = "";

  private void answer(ScriptedServer.Received request, ScriptedServer.Wire wire)
      throws java.io.IOException {
    if (request.path().equals("/token")) {
      token(form(request.body()), wire);
    } else if (request.header("Authorization").equals("Bearer access" + granted.get())) {
      wire.json("{\"ok\":true}");
    } else {
      wire.answer(401, "Content-Type: application/json\r\n", "{}");
    }
  }

  private synchronized void token(Map<String, String> form, ScriptedServer.Wire wire)
      throws java.io.IOException {
    forms.add(form);
    String last = "refresh" + granted.get();
    boolean stale =
        rotates
            && granted.get() > 0
            && form.containsKey("refresh_token")
            && !form.get("refresh_token").equals(last);
    if (stale || !refusal.isEmpty()) {
      String error = stale ? "invalid_grant" : refusal;
      wire.answer(
          400,
          "Content-Type: application/json\r\n",
          "{\"error\":\"" + error + "\",\"error_description\":\"hunter2\"}");
      return;
    }
    int number = granted.incrementAndGet();
    wire.json(
        "{\"access_token\":\"access"
            + number
            + "\",\"expires_in\":1800,\"refresh_token\":\"refresh"
            + number
            + "\""
            + more
            + "}");
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  void refuses(String error) {
    refusal = error;
  }

  void keepsRefreshTokens() {
    rotates = false;
  }

  void addsToGrants(String members) {
    more = members;
  }

  /** Makes every token worthless, as a restart of the service or another process would. */
  void forgets() {
    granted.addAndGet(10);
  }

  List<Map<String, String>> forms() {
    return forms;
  }

  ScriptedServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
