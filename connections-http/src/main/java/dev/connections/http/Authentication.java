package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.api.TokenStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How requests say who we are. What they say goes to the service's own address, or to the one its
 * token names, and to no other. Safe for any thread; {@code toString} shows nothing.
 */
public final class Authentication {
  private final Source source;

  /** What a request carries. */
  record Credential(
      List<HttpRequest.SecretHeader> headers,
      Optional<URI> endpoint,
      Optional<TokenStore.Token> token) {
    static Credential of(String header, Secret value) {
      return new Credential(
          List.of(new HttpRequest.SecretHeader(header, value)), Optional.empty(), Optional.empty());
    }
  }

  private interface Source {
    Credential current(Operation operation);

    default Optional<Credential> renewed(Credential refused, Operation operation) {
      return Optional.empty();
    }
  }

  private Authentication(Source source) {
    this.source = source;
  }

  /** {@return none at all} */
  public static Authentication none() {
    Credential nothing = new Credential(List.of(), Optional.empty(), Optional.empty());
    return new Authentication(operation -> nothing);
  }

  /**
   * {@return user name and password with each request (RFC 7617, in UTF-8)}
   *
   * @param user the user name; without a colon
   * @param password the password
   */
  public static Authentication basic(String user, Secret password) {
    byte[] pair = (user + ":" + password.use(String::new)).getBytes(StandardCharsets.UTF_8);
    return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * {@return a token that doesn't change}
   *
   * @param token for example a personal access token
   */
  public static Authentication bearer(Secret token) {
    return new Authentication(operation -> bearing(token));
  }

  private static Authentication header(String name, String value) {
    Credential credential = Credential.of(name, Secret.of(value));
    return new Authentication(operation -> credential);
  }

  /**
   * {@return a key in a header of its own}
   *
   * @param header the header's name
   * @param key its value
   */
  public static Authentication header(String header, Secret key) {
    Credential credential = Credential.of(header, key);
    return new Authentication(operation -> credential);
  }

  /**
   * {@return tokens that are asked for when there is none, and renewed once when one is refused}
   *
   * @param tokens where they are kept; however many callers, one asks
   * @param issuer where they are got, for example {@link OAuth}
   */
  public static Authentication tokens(TokenStore tokens, TokenStore.Source issuer) {
    return new Authentication(new Tokens(tokens, issuer));
  }

  private static Credential bearing(Secret token) {
    return Credential.of("Authorization", Secret.of("Bearer " + token.use(String::new)));
  }

  private record Tokens(TokenStore store, TokenStore.Source issuer) implements Source {
    @Override
    public Credential current(Operation operation) {
      return credential(store.current(operation, issuer));
    }

    @Override
    public Optional<Credential> renewed(Credential refused, Operation operation) {
      return refused.token().map(token -> credential(store.replace(token, operation, issuer)));
    }

    private static Credential credential(TokenStore.Token token) {
      return new Credential(
          bearing(token.access()).headers(), token.endpoint().map(URI::create), Optional.of(token));
    }
  }

  /**
   * {@return what requests carry now}
   *
   * @throws ConnectionException if no token can be got
   */
  Credential current(Operation operation) {
    return source.current(operation);
  }

  /** {@return what follows a refused credential; empty if there is nothing else to try} */
  Optional<Credential> renewed(Credential refused, Operation operation) {
    return source.renewed(refused, operation);
  }

  /** {@return nothing of the credentials} */
  @Override
  public String toString() {
    return "Authentication";
  }
}
