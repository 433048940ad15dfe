package dev.connections.simulators.internal.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tokens that the instance gave out. Safe for use by several threads. */
public final class OAuthTokens {
  /** An access token and what is left of its life. */
  record Access(String token, long seconds) {}

  private final Clock clock;
  private final Map<String, Instant> access = new HashMap<>();
  private final Map<String, Access> bySubject = new HashMap<>();
  private final Map<String, String> refresh = new HashMap<>();
  private Duration lifetime = Duration.ofMinutes(30);
  private boolean rotating;
  private int given;

  /** Tells the time by this clock. */
  public OAuthTokens(Clock clock) {
    this.clock = clock;
  }

  /** How long tokens live that are given from now on. */
  public synchronized void lifetime(Duration time) {
    lifetime = time;
  }

  /** Whether each use of a refresh token replaces it. */
  public synchronized void rotating(boolean value) {
    rotating = value;
  }

  /** Ends every access token now. Refresh tokens stay. */
  public synchronized void expireAccess() {
    access.clear();
    bySubject.clear();
  }

  /** Ends every refresh token now. */
  public synchronized void revokeRefresh() {
    refresh.clear();
  }

  /** A new refresh token of a user. */
  public synchronized String newRefresh(String subject) {
    String token = "refresh-" + ++given;
    refresh.put(token, subject);
    return token;
  }

  synchronized boolean isValid(String token) {
    Instant ends = access.get(token);
    return ends != null && clock.instant().isBefore(ends);
  }

  /** A token for the user: the one given before, as long as it lives. */
  synchronized Access access(String subject) {
    Access before = bySubject.get(subject);
    if (before != null && isValid(before.token())) {
      long left = Duration.between(clock.instant(), access.get(before.token())).toSeconds();
      return new Access(before.token(), left);
    }
    Access fresh = new Access("access-" + ++given, lifetime.toSeconds());
    access.put(fresh.token(), clock.instant().plus(lifetime));
    bySubject.put(subject, fresh);
    return fresh;
  }

  synchronized Optional<String> subject(String refreshToken) {
    return Optional.ofNullable(refresh.get(refreshToken));
  }

  /** The refresh token to use next time: the same, or a new one where they rotate. */
  synchronized String renewed(String refreshToken, String subject) {
    if (!rotating) {
      return refreshToken;
    }
    refresh.remove(refreshToken);
    return newRefresh(subject);
  }
}
