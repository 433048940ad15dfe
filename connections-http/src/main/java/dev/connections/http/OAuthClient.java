package dev.connections.http;

import dev.connections.api.Internal;
import dev.connections.api.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The application that asks for tokens, and where it asks. Immutable; made by {@link #of}.
 *
 * @param tokenEndpoint the absolute address that grants tokens
 * @param id the application's id
 * @param secret its secret, if it has one
 * @param inHeader whether id and secret go into the header, not into the form
 * @param scope what is asked for, if that is said
 * @param endpointMember the member of the answer that names the address to use the token with, if
 *     the service has such a one
 */
public record OAuthClient(
    URI tokenEndpoint,
    String id,
    Optional<Secret> secret,
    boolean inHeader,
    Optional<String> scope,
    Optional<String> endpointMember) {
  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param tokenEndpoint the absolute address that grants tokens
   * @param id the application's id
   * @param secret its secret
   * @param inHeader whether id and secret go into the header
   * @param scope what is asked for
   * @param endpointMember the member that names the address to use
   */
  @Internal
  public OAuthClient {
    Objects.requireNonNull(tokenEndpoint, "tokenEndpoint");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(endpointMember, "endpointMember");
  }

  /**
   * {@return a client whose id and secret go into the form}
   *
   * @param tokenEndpoint the absolute address that grants tokens
   * @param id the application's id
   * @param secret its secret, if it has one
   */
  public static OAuthClient of(URI tokenEndpoint, String id, Optional<Secret> secret) {
    return new OAuthClient(tokenEndpoint, id, secret, false, Optional.empty(), Optional.empty());
  }

  /** {@return a copy whose id and secret go into the header (RFC 6749, section 2.3.1)} */
  public OAuthClient withSecretInHeader() {
    return new OAuthClient(tokenEndpoint, id, secret, true, scope, endpointMember);
  }

  /**
   * {@return a copy that asks for a scope}
   *
   * @param names separated by spaces
   */
  public OAuthClient withScope(String names) {
    return new OAuthClient(tokenEndpoint, id, secret, inHeader, Optional.of(names), endpointMember);
  }

  /**
   * {@return a copy for a service that says with each token where to use it}
   *
   * @param member the member of its answer, for example {@code instance_url}
   */
  public OAuthClient withEndpointMember(String member) {
    return new OAuthClient(tokenEndpoint, id, secret, inHeader, scope, Optional.of(member));
  }

  HttpRequest request(Map<String, Object> parameters) {
    Map<String, Object> form = new LinkedHashMap<>(parameters);
    scope.ifPresent(names -> form.put("scope", names));
    HttpRequest request =
        HttpRequest.of(HttpRequest.Method.POST, tokenEndpoint).header("Accept", "application/json");
    if (inHeader) {
      return request.secretHeader("Authorization", header()).form(form);
    }
    form.put("client_id", id);
    secret.ifPresent(value -> form.put("client_secret", value));
    return request.form(form);
  }

  private Secret header() {
    String pair =
        encoded(id) + ":" + secret.map(value -> encoded(value.use(String::new))).orElse("");
    return Secret.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
