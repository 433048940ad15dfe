package dev.connections.http;

import dev.connections.api.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * An HTTP proxy on the way to the service. Its address is checked by the host's egress policy; the
 * service's name is resolved by the proxy, and checked here only where this machine knows it too.
 *
 * @param host name or address of the proxy
 * @param port its port
 * @param user the user name it wants, if it wants one
 * @param password the password of that user
 */
public record ProxySettings(
    String host, int port, Optional<String> user, Optional<Secret> password) {
  /**
   * Checks the parts.
   *
   * @param host name or address of the proxy
   * @param port from 1 to 65535
   * @param user the user name it wants
   * @param password the password of that user
   * @throws IllegalArgumentException if the port is none
   */
  public ProxySettings {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /**
   * {@return a proxy that asks for no password}
   *
   * @param host name or address of the proxy
   * @param port its port
   */
  public static ProxySettings of(String host, int port) {
    return new ProxySettings(host, port, Optional.empty(), Optional.empty());
  }

  /**
   * {@return a copy that signs in at the proxy}
   *
   * @param name the user
   * @param secret the password
   */
  public ProxySettings signingIn(String name, Secret secret) {
    return new ProxySettings(host, port, Optional.of(name), Optional.of(secret));
  }
}
