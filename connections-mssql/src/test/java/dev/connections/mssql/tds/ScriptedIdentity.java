package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives tokens to the applications of one machine, as Azure's App Service does: who is told its
 * address and its header by the environment may ask. What it answers depends on the identity that
 * is asked for.
 */
public final class ScriptedIdentity implements AutoCloseable {
  /** An identity that this machine has; it has none that needn't be named. */
  public static final String KNOWN = "11111111-aaaa-4aaa-8aaa-111111111111";

  /** One that it doesn't have. */
  public static final String UNKNOWN = "22222222-bbbb-4bbb-8bbb-222222222222";

  /** One for which nothing is answered. */
  public static final String SILENT = "44444444-dddd-4ddd-8ddd-444444444444";

  private static final String HEADER = "header-of-this-machine";
  private static final String TOKEN = "t0ken-of-a-machine";

  private final ServerSocket listening;
  private final List<String> resources = new CopyOnWriteArrayList<>();

  /** Listens on this machine. */
  public ScriptedIdentity() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TdsSession.daemon(this::accept);
  }

  /** {@return what the environment tells an application} */
  public Map<String, String> environment() {
    return Map.of(
        "IDENTITY_ENDPOINT",
        "http://127.0.0.1:" + listening.getLocalPort() + "/msi/token",
        "IDENTITY_HEADER",
        HEADER);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        TdsSession.daemon(() -> answer(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void answer(Socket client) {
    try (client) {
      HttpRequest request = HttpRequest.read(client);
      Map<String, String> asked = HttpRequest.form(request.question());
      resources.add(asked.getOrDefault("resource", ""));
      boolean ours = request.head().contains(HEADER);
      switch (ours ? asked.getOrDefault("client_id", UNKNOWN) : "") {
        case KNOWN ->
            HttpRequest.reply(
                client,
                "200 OK",
                "{\"access_token\": \"%s\", \"expires_on\": \"%d\", \"token_type\": \"Bearer\"}"
                    .formatted(TOKEN, Instant.now().getEpochSecond() + 3600));
        case UNKNOWN ->
            HttpRequest.reply(
                client,
                "400 Bad Request",
                "{\"statusCode\": 400, \"message\": \"%s\"}".formatted(ServerError.MARK));
        case SILENT -> client.getInputStream().read(); // until the client goes
        default -> HttpRequest.reply(client, "403 Forbidden", "{\"message\": \"no\"}");
      }
    } catch (IOException e) {
      // Somebody has gone.
    }
  }

  /** {@return a server that lets in who brings its token} */
  public Logins logins() {
    return request ->
        LoginAnswer.federated(
            "https://login.microsoftonline.com/contoso",
            token ->
                token.equals(TOKEN)
                    ? LoginAnswer.accepted()
                    : LoginAnswer.refused(ServerError.of(18456)));
  }

  /** {@return for what tokens were wanted, in the order of the requests} */
  public List<String> resources() {
    return List.copyOf(resources);
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
