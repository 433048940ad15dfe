package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Field;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a service for tokens (RFC 6749). Given to {@link Authentication#tokens}, which keeps what it
 * got in the connection's {@link TokenStore}: there one caller asks at a time.
 *
 * <p>Immutable, and safe for any thread. Nothing of what the service says reaches a failure.
 */
public final class OAuth implements TokenStore.Source {
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(3_650);

  private final HttpService service;
  private final Clock clock;
  private final OAuthClient client;
  private final Grant grant;
  private final OAuthRefusals refusals;

  private OAuth(
      HttpService service, Clock clock, OAuthClient client, Grant grant, OAuthRefusals refusals) {
    this.service = service;
    this.clock = clock;
    this.client = client;
    this.grant = grant;
    this.refusals = refusals;
  }

  /**
   * {@return what asks for tokens}
   *
   * @param service asked without credentials; limits and deadlines are its own
   * @param clock tells when a token expires
   * @param client who asks, and where
   * @param grant by what right
   */
  public static OAuth of(HttpService service, Clock clock, OAuthClient client, Grant grant) {
    return new OAuth(
        service, clock, client, grant, new OAuthRefusals(service, List.of(), List.of()));
  }

  /**
   * {@return a copy whose failures name the fields to look at}
   *
   * @param ofClient where the application's id and secret are entered
   * @param ofGrant where user and password, refresh token or key are entered
   */
  public OAuth naming(List<? extends Field<?>> ofClient, Field<?>... ofGrant) {
    return new OAuth(
        service,
        clock,
        client,
        grant,
        new OAuthRefusals(service, List.copyOf(ofClient), Arrays.asList(ofGrant)));
  }

  /**
   * {@return the way in which a person gives the right to ask, in a browser} Offered by adapters as
   * a feature.
   *
   * @param authorizationEndpoint the absolute address at the service where the person signs in
   * @throws IllegalArgumentException if it isn't one of HTTP
   */
  public ConsentFlow consent(URI authorizationEndpoint) {
    return new CodeFlow(service, client, authorizationEndpoint, this::exchanged);
  }

  private TokenStore.Granted exchanged(Map<String, Object> parameters, Operation operation) {
    return ask(new Way(parameters, Kind.CODE), service.during(operation));
  }

  /** What a service refuses when it doesn't accept a grant. */
  enum Kind {
    /** User and password, a key, or the application's own right. */
    CREDENTIALS,
    /** A refresh token. */
    REFRESH_TOKEN,
    /** What a person's consent gave, and what gives it again is a consent. */
    CONSENT,
    /** The code of a consent. */
    CODE
  }

  /** A way to ask: the parameters, and what they rest on. */
  private record Way(Map<String, Object> parameters, Kind kind) {}

  @Override
  public TokenStore.Granted obtain(Optional<Secret> refreshToken, Operation operation) {
    List<Way> ways = ways(refreshToken);
    if (ways.isEmpty()) {
      throw service.failures().of(StandardErrorCode.CONSENT_NEEDED).asException();
    }
    for (Way way : ways.subList(0, ways.size() - 1)) {
      Optional<TokenStore.Granted> granted = ifNotExpired(way, operation);
      if (granted.isPresent()) {
        return granted.get();
      }
    }
    return ask(ways.get(ways.size() - 1), operation);
  }

  private List<Way> ways(Optional<Secret> stored) {
    List<Way> ways = new ArrayList<>();
    if (grant instanceof Grant.RefreshToken refresh) {
      stored.ifPresent(token -> ways.add(refreshing(token)));
      refresh
          .first()
          .filter(token -> !Optional.of(token).equals(stored))
          .ifPresent(token -> ways.add(refreshing(token)));
    } else if (grant instanceof Grant.Consent) {
      stored.ifPresent(token -> ways.add(refreshing(token)));
    } else if (grant instanceof Grant.Password person) {
      stored.ifPresent(token -> ways.add(refreshing(token)));
      ways.add(way("password", Map.of("username", person.user(), "password", person.password())));
    } else if (grant instanceof Grant.JwtBearer jwt) {
      ways.add(
          way(
              "urn:ietf:params:oauth:grant-type:jwt-bearer",
              Map.of("assertion", jwt.assertion().signed(clock))));
    } else {
      ways.add(way("client_credentials", Map.of()));
    }
    return ways;
  }

  private Way refreshing(Secret token) {
    return new Way(
        new LinkedHashMap<>(Map.of("grant_type", "refresh_token", "refresh_token", token)),
        grant instanceof Grant.Consent ? Kind.CONSENT : Kind.REFRESH_TOKEN);
  }

  private static Way way(String type, Map<String, Object> more) {
    Map<String, Object> parameters = new LinkedHashMap<>(more);
    parameters.put("grant_type", type);
    return new Way(parameters, Kind.CREDENTIALS);
  }

  private Optional<TokenStore.Granted> ifNotExpired(Way way, Operation operation) {
    try {
      return Optional.of(ask(way, operation));
    } catch (ConnectionException refused) {
      if (refused.is(StandardErrorCode.EXPIRED_CREDENTIALS)) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private TokenStore.Granted ask(Way way, Operation operation) {
    return service.write(
        "token",
        client.request(way.parameters()).expecting(400, 401, 403),
        answer -> granted(answer, way.kind()),
        operation);
  }

  private TokenStore.Granted granted(Answer answer, Kind kind) throws IOException {
    if (!answer.isJson()) {
      throw service
          .failures()
          .of(
              answer.isWebPage() ? HttpErrorCode.WEB_PAGE : StandardErrorCode.MALFORMED_DATA,
              answer);
    }
    JsonObject said = JsonObject.read(answer);
    Optional<String> access = said.text("access_token").filter(token -> !token.isEmpty());
    if (answer.status() >= 300 || access.isEmpty()) {
      throw refusals.of(said.text("error").orElse(""), answer, kind);
    }
    TokenStore.Token token =
        new TokenStore.Token(
            Secret.of(access.get()),
            said.number("expires_in").stream()
                .mapToObj(seconds -> clock.instant().plusSeconds(lifetime(seconds)))
                .findFirst(),
            client.endpointMember().flatMap(said::text).filter(this::isUsable));
    return new TokenStore.Granted(
        token, said.text("refresh_token").filter(text -> !text.isEmpty()).map(Secret::of));
  }

  /** What lies behind the end of all calendars is as good as what lies ten years ahead. */
  private static long lifetime(long seconds) {
    return Math.max(0, Math.min(seconds, LONGEST_LIFETIME.toSeconds()));
  }

  /** Where the service encrypts, its token goes nowhere without. */
  private boolean isUsable(String text) {
    try {
      return Target.of(URI.create(text)).secure() || !service.secure();
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** {@return nothing of the credentials} */
  @Override
  public String toString() {
    return "OAuth[" + grant.getClass().getSimpleName() + "]";
  }
}
