package dev.connections.simulators.internal.servicenow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is let in by a statement signed with a key that the instance knows (RFC 7523): issuer and
 * audience are the client, the subject is the user, and no statement is good twice. Safe for use by
 * several threads.
 */
public final class SignedStatements {
  /** How far the clocks of two machines may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final JsonFactory JSON = new JsonFactory();

  private final String client;
  private final Clock clock;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Believes statements for one client, by this clock. */
  public SignedStatements(String client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Believes what is signed with the key's other half. */
  public void trust(String keyId, PublicKey key) {
    keys.put(keyId, key);
  }

  /** The subject; empty where there is a reason not to believe the statement. */
  Optional<String> subject(String statement) {
    String[] parts = statement.split("\\.", -1);
    try {
      if (parts.length != 3 || !signed(parts)) {
        return Optional.empty();
      }
      Map<String, String> claims = members(parts[1]);
      return holds(claims) ? Optional.ofNullable(claims.get("sub")) : Optional.empty();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private boolean signed(String[] parts) throws IOException, GeneralSecurityException {
    Map<String, String> header = members(parts[0]);
    PublicKey key = keys.get(header.getOrDefault("kid", ""));
    Optional<String> algorithm =
        switch (header.getOrDefault("alg", "")) {
          case "RS256" -> Optional.of("SHA256withRSA");
          case "ES256" -> Optional.of("SHA256withECDSAinP1363Format");
          default -> Optional.empty();
        };
    if (key == null || algorithm.isEmpty()) {
      return false;
    }
    Signature check = Signature.getInstance(algorithm.get());
    check.initVerify(key);
    check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return check.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private boolean holds(Map<String, String> claims) {
    Instant now = clock.instant();
    Instant issued = moment(claims, "iat");
    return client.equals(claims.get("iss"))
        && client.equals(claims.get("aud"))
        && now.minus(SKEW).isBefore(moment(claims, "exp"))
        && !issued.isAfter(now.plus(SKEW))
        && seen.add(claims.getOrDefault("jti", ""));
  }

  private static Instant moment(Map<String, String> claims, String name) {
    return Instant.ofEpochSecond(Long.parseLong(claims.getOrDefault(name, "0")));
  }

  private static Map<String, String> members(String part) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = JSON.createParser(Base64.getUrlDecoder().decode(part))) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          members.put(name, json.getText());
        }
      }
    }
    return members;
  }
}
