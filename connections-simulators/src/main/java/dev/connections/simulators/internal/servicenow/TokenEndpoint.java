package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /oauth_token.do}: gives tokens to a client that sends a form. */
final class TokenEndpoint {
  private final String clientId;
  private final String clientSecret;
  private final SignIn signIn;
  private final OAuthTokens tokens;
  private final Consents consents;
  private final SignedStatements statements;

  TokenEndpoint(ServiceNowService.OAuthClient client, SignIn signIn, Consents consents) {
    this.clientId = client.id();
    this.clientSecret = client.secret();
    this.signIn = signIn;
    this.tokens = client.tokens();
    this.consents = consents;
    this.statements = client.statements();
  }

  Answer answer(Incoming request) {
    boolean form =
        request
            .request()
            .header("content-type")
            .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
            .isPresent();
    if (!form) {
      return refusal("server_error", "an unspecified error");
    }
    Map<String, List<String>> fields = request.form();
    Optional<Map.Entry<String, String>> client =
        request.basic().or(() -> pair(fields, "client_id", "client_secret"));
    if (client.filter(Map.entry(clientId, clientSecret)::equals).isEmpty()) {
      return refusal("invalid_client", "access_denied");
    }
    return switch (field(fields, "grant_type").orElse("")) {
      case "password" ->
          pair(fields, "username", "password")
              .filter(user -> signIn.knows(user.getKey(), user.getValue()))
              .map(user -> granted(user.getKey(), tokens.newRefresh(user.getKey())))
              .orElseGet(TokenEndpoint::denied);
      case "refresh_token" ->
          field(fields, "refresh_token")
              .map(token -> tokens.subject(token).map(user -> refreshed(user, token)))
              .flatMap(answer -> answer)
              .orElseGet(TokenEndpoint::denied);
      case "authorization_code" -> consented(fields);
      case "urn:ietf:params:oauth:grant-type:jwt-bearer" ->
          field(fields, "assertion")
              .flatMap(statements::subject)
              .filter(signIn.user()::equals)
              .map(user -> granted(user, ""))
              .orElseGet(TokenEndpoint::denied);
      case "client_credentials" -> granted("client " + clientId, "");
      default -> refusal("unsupported_grant_type", "the grant isn't supported");
    };
  }

  private Answer consented(Map<String, List<String>> fields) {
    boolean good =
        consents.redeem(
            field(fields, "code").orElse(""),
            field(fields, "redirect_uri"),
            field(fields, "code_verifier"));
    String user = signIn.user();
    return good ? granted(user, tokens.newRefresh(user)) : denied();
  }

  private Answer refreshed(String user, String token) {
    return granted(user, tokens.renewed(token, user));
  }

  private Answer granted(String subject, String refreshToken) {
    OAuthTokens.Access access = tokens.access(subject);
    String refresh =
        refreshToken.isEmpty() ? "" : "\"refresh_token\":" + JsonText.quoted(refreshToken) + ",";
    return Answer.json(
        200,
        "{\"access_token\":"
            + JsonText.quoted(access.token())
            + ","
            + refresh
            + "\"scope\":\"useraccount\",\"token_type\":\"Bearer\",\"expires_in\":"
            + access.seconds()
            + "}");
  }

  private static Answer denied() {
    return refusal("server_error", "access_denied");
  }

  private static Answer refusal(String error, String description) {
    return Answer.json(
        401,
        "{\"error_description\":"
            + JsonText.quoted(description)
            + ",\"error\":"
            + JsonText.quoted(error)
            + "}");
  }

  private static Optional<Map.Entry<String, String>> pair(
      Map<String, List<String>> fields, String name, String secret) {
    return field(fields, name)
        .flatMap(first -> field(fields, secret).map(second -> Map.entry(first, second)));
  }

  private static Optional<String> field(Map<String, List<String>> fields, String name) {
    return Optional.ofNullable(fields.get(name)).map(values -> values.get(0));
  }
}
