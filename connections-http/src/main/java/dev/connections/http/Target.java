package dev.connections.http;

import java.net.URI;
import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * Where a request goes: what decides whether it is the same server.
 *
 * @param secure whether the channel is encrypted
 * @param host name or address, without brackets
 * @param port as it is dialled
 */
record Target(boolean secure, String host, int port) {
  static Target of(HttpUrl url) {
    return new Target(url.isHttps(), url.host(), url.port());
  }

  static Target of(URI address) {
    return of(url(address));
  }

  /** {@return the address in the client's form} It must be absolute, of HTTP, and name no user. */
  static HttpUrl url(URI address) {
    HttpUrl url = HttpUrl.parse(address.toString());
    if (url == null || !url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException("an address of HTTP with a host and without a user");
    }
    return url;
  }

  /** {@return whether the host is written as an address: the client resolves no name then} */
  boolean literal() {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  /** {@return host and port in a form for people} */
  String shown() {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return (name + ":" + port).toLowerCase(Locale.ROOT);
  }
}
