package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may use the workspace: one personal token, and those that the client of a service gets. */
public final class WorkspaceTokens {
  private final Clock clock;
  private final String personal;
  private final Map.Entry<String, String> client;
  private final Map<String, Instant> granted = new HashMap<>();
  private Duration lifetime = Duration.ofHours(1);
  private int given;

  /** Knows one personal token, and one client by its id and secret. */
  public WorkspaceTokens(Clock clock, String personal, String clientId, String clientSecret) {
    this.clock = clock;
    this.personal = personal;
    this.client = Map.entry(clientId, clientSecret);
  }

  /** How long tokens live that are given from now on. */
  public synchronized void lifetime(Duration time) {
    lifetime = time;
  }

  /** Ends all granted tokens. */
  public synchronized void expire() {
    granted.clear();
  }

  synchronized Optional<Answer> refusal(Incoming request) {
    Optional<String> bearer = request.bearer();
    if (bearer.isEmpty()) {
      return Optional.of(
          Json.refusal(
              401, "401", "Credential was not sent or was of an unsupported type for this API."));
    }
    Instant ends = granted.get(bearer.get());
    boolean valid =
        bearer.get().equals(personal) || (ends != null && clock.instant().isBefore(ends));
    if (valid) {
      return Optional.empty();
    }
    return Optional.of(
        ends == null
            ? Json.refusal(403, "403", "Invalid access token.")
            : Json.refusal(401, "401", "Token is expired."));
  }

  /** {@code /oidc/v1/token}. */
  synchronized Answer grant(Incoming request) {
    Map<String, List<String>> form = request.form();
    Optional<Map.Entry<String, String>> asked =
        request
            .basic()
            .or(
                () ->
                    Optional.of(Map.entry(first(form, "client_id"), first(form, "client_secret"))));
    if (asked.filter(client::equals).isEmpty()) {
      return Answer.json(
          401,
          Json.object(
              "error", "invalid_client", "error_description", "Client authentication failed"));
    }
    if (!first(form, "grant_type").equals("client_credentials")
        || !first(form, "scope").equals("all-apis")) {
      return Answer.json(
          400,
          Json.object("error", "invalid_request", "error_description", "grant or scope is wrong"));
    }
    String token = "granted-" + ++given;
    granted.put(token, clock.instant().plus(lifetime));
    return Answer.json(
        200,
        "{\"access_token\":\""
            + token
            + "\",\"scope\":\"all-apis\",\"token_type\":\"Bearer\",\"expires_in\":"
            + lifetime.toSeconds()
            + "}");
  }

  private static String first(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of("")).get(0);
  }
}
