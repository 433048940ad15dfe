package dev.connections.core.internal.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Secret;
import dev.connections.api.TokenStore.Token;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Tokens as the JSON text that is encrypted. */
final class TokenText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenText() {}

  /** The text; the caller encrypts it and keeps nothing of it. */
  static byte[] of(StoredTokens tokens, String credentials) {
    ObjectNode node = JSON.createObjectNode();
    node.put("credentials", credentials);
    node.put("obtained_at", tokens.obtainedAt().toString());
    tokens.refreshToken().ifPresent(secret -> put(node, "refresh_token", secret));
    tokens
        .token()
        .ifPresent(
            token -> {
              put(node, "access_token", token.access());
              token.expiresAt().ifPresent(end -> node.put("expires_at", end.toString()));
              token.endpoint().ifPresent(address -> node.put("endpoint", address));
            });
    tokens.pending().ifPresent(consent -> put(node.putObject("consent"), consent));
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("texts are always JSON");
    }
  }

  private static void put(ObjectNode node, String name, Secret secret) {
    String text = secret.use(String::new);
    node.put(name, text);
  }

  private static void put(ObjectNode node, PendingConsent consent) {
    node.put("user", consent.user());
    node.put("until", consent.until().toString());
    node.put("redirect", consent.visit().redirect().toString());
    put(node, "state", consent.visit().state());
    put(node, "verifier", consent.visit().verifier());
  }

  /** The tokens, if they were granted for these credentials. */
  static Optional<StoredTokens> read(byte[] text, String credentials) {
    try {
      JsonNode node = JSON.readTree(text);
      return text(node, "credentials").filter(credentials::equals).map(same -> tokens(node));
    } catch (IOException | DateTimeException | IllegalArgumentException ofAnotherForm) {
      return Optional.empty();
    }
  }

  private static StoredTokens tokens(JsonNode node) {
    return new StoredTokens(
        text(node, "access_token")
            .map(
                access ->
                    new Token(
                        Secret.of(access),
                        text(node, "expires_at").map(Instant::parse),
                        text(node, "endpoint"))),
        text(node, "obtained_at").map(Instant::parse).orElse(Instant.EPOCH),
        text(node, "refresh_token").map(Secret::of),
        consent(node.path("consent")));
  }

  private static Optional<PendingConsent> consent(JsonNode node) {
    Optional<String> user = text(node, "user");
    return user.map(
        name ->
            new PendingConsent(
                new ConsentFlow.Visit(
                    URI.create(node.path("redirect").asText()),
                    Secret.of(node.path("state").asText()),
                    Secret.of(node.path("verifier").asText())),
                name,
                Instant.parse(node.path("until").asText())));
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
