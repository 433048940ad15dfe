package dev.connections.http;

import dev.connections.api.Failure;
import dev.connections.api.PemTexts;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A statement of who we are, signed with our key, by which a token is asked for (RFC 7523). An RSA
 * key signs by RS256, one of the curve P-256 by ES256.
 *
 * @param issuer who states it: the application's id
 * @param subject for whom a token is wanted
 * @param audience who is to believe it
 * @param key the key, unencrypted PKCS #8 in PEM
 * @param keyId the name by which the service knows the key, if it has one
 */
public record JwtAssertion(
    String issuer, String subject, String audience, Secret key, Optional<String> keyId) {
  private static final Duration LIFETIME = Duration.ofMinutes(3);

  /**
   * Checks that no part is null.
   *
   * @param issuer who states it
   * @param subject for whom a token is wanted
   * @param audience who is to believe it
   * @param key the key
   * @param keyId the name of the key
   */
  public JwtAssertion {
    Objects.requireNonNull(issuer, "issuer");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(audience, "audience");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(keyId, "keyId");
  }

  Secret signed(Clock clock) {
    try {
      PrivateKey privateKey = PemTexts.key(key.use(char[]::clone));
      boolean rsa = privateKey.getAlgorithm().equals("RSA");
      String content = encoded(header(rsa)) + "." + encoded(claims(clock));
      Signature signature =
          Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      signature.initSign(privateKey);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return Secret.of(content + "." + base64(signature.sign()));
    } catch (GeneralSecurityException unusable) {
      throw Failure.of(
              StandardErrorCode.INVALID_CONFIGURATION, "The key to sign in with can't be used.")
          .withRemedy("Paste an unencrypted PKCS #8 key of RSA or of the curve P-256, in PEM.")
          .asException(unusable);
    }
  }

  private Map<String, Object> header(boolean rsa) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", rsa ? "RS256" : "ES256");
    header.put("typ", "JWT");
    keyId.ifPresent(id -> header.put("kid", id));
    return header;
  }

  private Map<String, Object> claims(Clock clock) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + LIFETIME.toSeconds());
    return claims;
  }

  private static String encoded(Map<String, Object> json) {
    return base64(JsonText.of(json).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
