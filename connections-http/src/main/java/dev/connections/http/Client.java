package dev.connections.http;

import dev.connections.api.EgressPolicy;
import dev.connections.api.Secret;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSession;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The client of one service. All of them share one client's threads; each has its own connections,
 * so that no channel that was opened under one policy and one certificate serves another.
 */
final class Client implements AutoCloseable {
  /**
   * Nothing happens behind our back: no redirect, no repetition, no cookie. A session would bind
   * the requests to one node of a service and have them wait for each other.
   */
  private static final OkHttpClient SHARED =
      new OkHttpClient.Builder()
          .cookieJar(CookieJar.NO_COOKIES)
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .hostnameVerifier(Client::isFor)
          .addNetworkInterceptor(Client::withoutImmediateRetry)
          .build();

  private static final HostnameVerifier USUAL = new OkHttpClient().hostnameVerifier();

  private static final int IDLE_CONNECTIONS = 8;
  private static final Duration KEPT_IDLE = Duration.ofSeconds(60);

  private final OkHttpClient client;
  private final OkHttpClient anonymous;
  private final ConnectionPool connections;
  private final CheckedNames names;
  private final Optional<ProxySettings> proxy;
  private final Duration connectTimeout;

  Client(HttpSettings settings, EgressPolicy egress) {
    this.proxy = settings.proxy();
    this.names = new CheckedNames(egress, proxy);
    this.connections =
        new ConnectionPool(IDLE_CONNECTIONS, KEPT_IDLE.toSeconds(), TimeUnit.SECONDS);
    this.connectTimeout = settings.connectTimeout();
    OkHttpClient.Builder builder =
        SHARED
            .newBuilder()
            .dns(names)
            .connectionPool(connections)
            .proxy(proxy.map(Client::address).orElse(Proxy.NO_PROXY));
    proxy.ifPresent(settled -> signIn(builder, settled));
    this.client = securing(builder.build(), settings.tls());
    this.anonymous = securing(client, settings.tls().withoutIdentity());
  }

  private static OkHttpClient securing(OkHttpClient client, TlsSettings settings) {
    TlsChannel channel = TlsChannel.of(settings);
    return client.newBuilder().sslSocketFactory(channel.sockets(), channel.trust()).build();
  }

  /**
   * As usual. But with a check of our own the client doesn't take a channel of HTTP/2 for another
   * server whose name its certificate covers, too: who gets a request is who was dialled for it.
   */
  private static boolean isFor(String host, SSLSession session) {
    return USUAL.verify(host, session);
  }

  /** The client would obey "Retry-After: 0" at once and by itself. */
  private static Response withoutImmediateRetry(Interceptor.Chain chain)
      throws java.io.IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == 503 && "0".equals(response.header("Retry-After"))
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }

  /** The name stays unresolved, so that the client asks the checked names for it. */
  private static Proxy address(ProxySettings proxy) {
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port()));
  }

  private static void signIn(OkHttpClient.Builder builder, ProxySettings proxy) {
    if (proxy.user().isEmpty()) {
      return;
    }
    String user = proxy.user().get();
    Secret password = proxy.password().orElse(Secret.of(new char[0]));
    builder.proxyAuthenticator(
        (route, response) ->
            ofTheProxy(response.request())
                    && response.request().header("Proxy-Authorization") == null
                ? response
                    .request()
                    .newBuilder()
                    .header(
                        "Proxy-Authorization", Credentials.basic(user, password.use(String::new)))
                    .build()
                : null);
  }

  /**
   * Whether it was the proxy that read a request. Through a tunnel only the service itself can
   * answer that the proxy wants a password, and the client would tell it ours.
   */
  private static boolean ofTheProxy(Request request) {
    return !request.isHttps() || request.method().equals("CONNECT");
  }

  CheckedNames names() {
    return names;
  }

  /** {@return who is dialled: the target itself, or the proxy} */
  Target dialled(Target target) {
    return proxy
        .map(settings -> new Target(false, settings.host(), settings.port()))
        .orElse(target);
  }

  boolean proxied() {
    return proxy.isPresent();
  }

  /**
   * @param known whether the server is one that the configuration names, and may see our
   *     certificate
   */
  okhttp3.Call call(Request request, boolean known, Duration left, Progress progress) {
    Duration connect = left.compareTo(connectTimeout) < 0 ? left : connectTimeout;
    return (known ? client : anonymous)
        .newBuilder()
        .connectTimeout(connect)
        .readTimeout(left)
        .writeTimeout(left)
        .callTimeout(left)
        .eventListener(progress)
        .build()
        .newCall(request);
  }

  /** Closes the channels that no call uses. */
  void forgetIdle() {
    connections.evictAll();
  }

  @Override
  public void close() {
    connections.evictAll();
  }
}
