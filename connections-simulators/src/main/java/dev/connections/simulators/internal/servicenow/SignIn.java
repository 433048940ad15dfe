package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import java.util.Map;
import java.util.Optional;

/** Who may use the interface, by password or by token. */
public final class SignIn {
  /** How the instance treats user name and password in {@code Authorization: Basic}. */
  public enum Basic {
    /** The password is enough. */
    ALLOWED,
    /** A policy refuses Basic; the answer is the one to a wrong password. */
    BLOCKED,
    /** The password is right and a second factor is missing. */
    SECOND_FACTOR
  }

  private final Map<String, String> passwords;
  private final OAuthTokens tokens;
  private volatile Basic basic = Basic.ALLOWED;

  /** Knows users by their passwords. */
  public SignIn(Map<String, String> passwords, OAuthTokens tokens) {
    this.passwords = Map.copyOf(passwords);
    this.tokens = tokens;
  }

  /** Says how Basic is treated. */
  public void basic(Basic treated) {
    basic = treated;
  }

  /** The one who sits before the browser. */
  String user() {
    return passwords.keySet().iterator().next();
  }

  boolean knows(String user, String password) {
    return password.equals(passwords.get(user));
  }

  /** The refusal; empty where the request may go on. */
  Optional<Answer> refusal(Incoming request) {
    if (request.bearer().isPresent()) {
      return tokens.isValid(request.bearer().get())
          ? Optional.empty()
          : Optional.of(Refusals.notAuthenticated());
    }
    boolean known =
        request.basic().filter(pair -> knows(pair.getKey(), pair.getValue())).isPresent();
    if (!known || basic == Basic.BLOCKED) {
      return Optional.of(Refusals.notAuthenticated());
    }
    if (basic == Basic.SECOND_FACTOR) {
      return Optional.of(Refusals.notAuthenticated().with("X-MFA_TOKEN", "invalid"));
    }
    return Optional.empty();
  }
}
