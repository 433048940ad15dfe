package dev.connections.http;

import dev.connections.api.ErrorCode;
import dev.connections.api.Field;
import dev.connections.api.Internal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach one service. Immutable; made by {@link #of} and completed by its withers.
 *
 * @param displayName what a user calls the service, for example {@code ServiceNow}
 * @param base the address that requests are relative to; {@code https}, or {@code http} to this
 *     machine
 * @param connectTimeout how long to wait for a connection; an attempt's time-out may shorten it
 * @param largestAnswer how many bytes of one answer are read at most, counted after decompression
 * @param tls whom to trust and who we are
 * @param proxy the proxy on the way, if there is one; the JVM's own proxy settings don't count
 * @param fields which fields of the configuration to look at, by the id of an error code
 */
public record HttpSettings(
    String displayName,
    URI base,
    Duration connectTimeout,
    long largestAnswer,
    TlsSettings tls,
    Optional<ProxySettings> proxy,
    Map<String, List<Field<?>>> fields) {
  /** How many bytes of one answer are read unless something else is said: 64 MiB. */
  public static final long LARGEST_ANSWER = 64L << 20;

  /**
   * Takes all parts at once; {@link #of} is the way to make one.
   *
   * @param displayName what a user calls the service
   * @param base an absolute address with a host
   * @param connectTimeout positive
   * @param largestAnswer at least 1
   * @param tls whom to trust
   * @param proxy the proxy on the way
   * @param fields fields by the id of an error code
   * @throws IllegalArgumentException if a part is out of bounds, or the address isn't one of HTTP
   */
  @Internal
  public HttpSettings {
    Objects.requireNonNull(displayName, "displayName");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(proxy, "proxy");
    Target.of(base);
    if (connectTimeout.isNegative() || connectTimeout.isZero() || largestAnswer < 1) {
      throw new IllegalArgumentException("a time-out and a limit are positive");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * {@return settings with a connect time-out of 20 seconds, the JVM's trust and no proxy}
   *
   * @param displayName what a user calls the service
   * @param base the address that requests are relative to
   * @throws IllegalArgumentException if it isn't an absolute address of HTTP with a host
   */
  public static HttpSettings of(String displayName, URI base) {
    return new HttpSettings(
        displayName,
        base,
        Duration.ofSeconds(20),
        LARGEST_ANSWER,
        TlsSettings.DEFAULTS,
        Optional.empty(),
        Map.of());
  }

  /**
   * {@return a copy with another connect time-out}
   *
   * @param timeout positive
   * @throws IllegalArgumentException if it isn't
   */
  public HttpSettings withConnectTimeout(Duration timeout) {
    return new HttpSettings(displayName, base, timeout, largestAnswer, tls, proxy, fields);
  }

  /**
   * {@return a copy with another limit of an answer's size}
   *
   * @param bytes at least 1, counted after decompression
   * @throws IllegalArgumentException if it is less
   */
  public HttpSettings withLargestAnswer(long bytes) {
    return new HttpSettings(displayName, base, connectTimeout, bytes, tls, proxy, fields);
  }

  /**
   * {@return a copy with other trust, or a certificate of ours}
   *
   * @param other replaces what was set
   */
  public HttpSettings withTls(TlsSettings other) {
    return new HttpSettings(displayName, base, connectTimeout, largestAnswer, other, proxy, fields);
  }

  /**
   * {@return a copy that goes through a proxy}
   *
   * @param other replaces what was set
   */
  public HttpSettings withProxy(ProxySettings other) {
    return new HttpSettings(
        displayName, base, connectTimeout, largestAnswer, tls, Optional.of(other), fields);
  }

  /**
   * {@return a copy whose failures of some codes name fields to look at}
   *
   * @param codes the codes
   * @param toLookAt the fields, the likeliest first
   */
  public HttpSettings naming(List<? extends ErrorCode> codes, Field<?>... toLookAt) {
    Map<String, List<Field<?>>> more = new LinkedHashMap<>(fields);
    codes.forEach(code -> more.put(code.id(), Arrays.asList(toLookAt)));
    return new HttpSettings(displayName, base, connectTimeout, largestAnswer, tls, proxy, more);
  }
}
