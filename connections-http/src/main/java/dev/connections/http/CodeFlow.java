package dev.connections.http;

import dev.connections.api.ConsentFlow;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import okhttp3.HttpUrl;

/** The authorization code grant with its proof (RFC 6749, section 4.1; RFC 7636). */
final class CodeFlow implements ConsentFlow {
  private final HttpService service;
  private final OAuthClient client;
  private final HttpUrl endpoint;
  private final BiFunction<Map<String, Object>, Operation, TokenStore.Granted> exchange;

  CodeFlow(
      HttpService service,
      OAuthClient client,
      URI endpoint,
      BiFunction<Map<String, Object>, Operation, TokenStore.Granted> exchange) {
    this.service = service;
    this.client = client;
    this.endpoint = Target.url(endpoint);
    this.exchange = exchange;
  }

  @Override
  public URI address(Visit visit) {
    if (!endpoint.isHttps() && !isThisMachine(endpoint.host())) {
      throw service
          .failures()
          .of(
              StandardErrorCode.EGRESS_REFUSED,
              "The channel to " + Target.of(endpoint).shown() + " wouldn't be encrypted.",
              "Enter an address that begins with https.")
          .asException();
    }
    HttpUrl.Builder url =
        endpoint
            .newBuilder()
            .addQueryParameter("response_type", "code")
            .addQueryParameter("client_id", client.id())
            .addQueryParameter("redirect_uri", visit.redirect().toString())
            .addQueryParameter("state", visit.state().use(String::new))
            .addQueryParameter("code_challenge", challenge(visit.verifier()))
            .addQueryParameter("code_challenge_method", "S256");
    client.scope().ifPresent(names -> url.addQueryParameter("scope", names));
    return url.build().uri();
  }

  private static boolean isThisMachine(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  static String challenge(Secret verifier) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = verifier.useUtf8(digest::digest);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public TokenStore.Granted exchange(Secret code, Visit visit, Operation operation) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("grant_type", "authorization_code");
    parameters.put("code", code);
    parameters.put("redirect_uri", visit.redirect());
    parameters.put("code_verifier", visit.verifier());
    return exchange.apply(parameters, operation);
  }

  /** {@return nothing of the client} */
  @Override
  public String toString() {
    return "CodeFlow";
  }
}
