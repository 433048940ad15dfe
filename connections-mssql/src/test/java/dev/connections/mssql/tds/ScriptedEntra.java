package dev.connections.mssql.tds;

import dev.connections.jdbc.TlsMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Microsoft Entra, as far as a client asks it for a token. While it is open, every client of this
 * JVM that asks the JDK which proxy to take gets to it, whatever host it means.
 */
public final class ScriptedEntra implements AutoCloseable {
  private static final String AUTHORITY = "https://login.microsoftonline.com/contoso";

  private static final String TOKEN = "t0ken-of-entra";

  private static final String DISCOVERY =
      """
      {"tenant_discovery_endpoint": "%s/.well-known/openid-configuration", "api-version": "1.1",
       "metadata": [{"preferred_network": "login.microsoftonline.com",
         "preferred_cache": "login.windows.net",
         "aliases": ["login.microsoftonline.com", "login.windows.net"]}]}
      """
          .formatted(AUTHORITY);

  private static final String REALM =
      """
      {"ver": "1.0", "account_type": "Managed", "domain_name": "example.com",
       "cloud_instance_name": "microsoftonline.com",
       "cloud_audience_urn": "urn:federation:MicrosoftOnline"}
      """;

  private static final String GRANTED =
      """
      {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": "%s"}
      """
          .formatted(TOKEN);

  private static final String REFUSED =
      """
      {"error": "invalid_client", "error_description": "AADSTS%1$s: %2$s",
       "error_codes": [%1$s]}
      """;

  /** Whoever brings it and a number as a secret is refused with that number. */
  private static final String NUMBERED = "number-";

  /** The number of a wrong secret. */
  private static final String WRONG = "7000215";

  /** What may keep somebody from asking. */
  public enum Trouble {
    /** Nobody listens. */
    GONE,
    /** Nobody answers. */
    SILENT,
    /** Something between gives another certificate. */
    UNTRUSTED,
    /** The name isn't known. */
    NAMELESS,
    /** A proxy lets nobody through. */
    BLOCKED
  }

  private final ProxySelector usualProxy = ProxySelector.getDefault();
  private final SSLSocketFactory usualTrust = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final ServerSocket proxy;
  private final String secret;
  private volatile Optional<Trouble> trouble = Optional.empty();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Gives tokens to who brings this secret. */
  public ScriptedEntra(String secret) {
    this.secret = secret;
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      proxy = new ServerSocket(0, 50, here);
      HttpsURLConnection.setDefaultSSLSocketFactory(
          TlsMaterial.context(
                  true,
                  TlsMaterial.certificates(Certificates.authorityPem()),
                  List.of(),
                  Optional.empty())
              .getSocketFactory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    ProxySelector.setDefault(
        new Always(new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort())));
    TdsSession.daemon(this::accept);
  }

  private static final class Always extends ProxySelector {
    private final InetSocketAddress address;

    Always(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return List.of(
          "https".equals(uri.getScheme()) ? new Proxy(Proxy.Type.HTTP, address) : Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
      // Told by who asked.
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = proxy.accept();
        TdsSession.daemon(() -> tunnel(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Whatever host is meant, the other end of the tunnel is here. */
  private void tunnel(Socket client) {
    try (client) {
      HttpRequest.head(client.getInputStream());
      if (trouble.equals(Optional.of(Trouble.SILENT))) {
        client.getInputStream().read(); // until the client goes
        return;
      }
      if (trouble.equals(Optional.of(Trouble.BLOCKED))) {
        HttpRequest.reply(client, "403 Forbidden", "{}");
        return;
      }
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      SSLSocket secure =
          (SSLSocket)
              Certificates.ENTRA.getSocketFactory().createSocket(client, "localhost", 1, true);
      secure.setUseClientMode(false);
      answer(secure);
    } catch (IOException e) {
      // Somebody has gone.
    }
  }

  /** One request: the client is told that there can't be another one. */
  private void answer(Socket client) throws IOException {
    HttpRequest request = HttpRequest.read(client);
    String path = request.path();
    asked.add(path);
    if (path.contains("/discovery/instance")) {
      HttpRequest.reply(client, "200 OK", DISCOVERY);
    } else if (path.toLowerCase(Locale.ROOT).contains("/userrealm/")) {
      HttpRequest.reply(client, "200 OK", REALM);
    } else if (path.endsWith("/token")) {
      Map<String, String> form = HttpRequest.form(request.body());
      String brought = form.getOrDefault("client_secret", form.getOrDefault("password", ""));
      if (secret.equals(brought)) {
        HttpRequest.reply(client, "200 OK", GRANTED);
      } else {
        String number = brought.startsWith(NUMBERED) ? brought.substring(NUMBERED.length()) : WRONG;
        HttpRequest.reply(client, "401 Unauthorized", REFUSED.formatted(number, ServerError.MARK));
      }
    } else {
      HttpRequest.reply(client, "404 Not Found", "{}");
    }
  }

  /** A server that lets in who brings its token. */
  public Logins logins() {
    return request ->
        LoginAnswer.federated(
            AUTHORITY,
            token ->
                token.equals(TOKEN)
                    ? LoginAnswer.accepted()
                    : LoginAnswer.refused(ServerError.of(18456)));
  }

  /** Whom clients wanted to reach, and what they asked there. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** {@return a secret that is refused} */
  public static String refusedWith(int number) {
    return NUMBERED + number;
  }

  /** From now on nobody gets a token. */
  public void suffer(Trouble kind) {
    trouble = Optional.of(kind);
    switch (kind) {
      case GONE -> vanish();
      case UNTRUSTED -> HttpsURLConnection.setDefaultSSLSocketFactory(usualTrust);
      case NAMELESS ->
          ProxySelector.setDefault(
              new Always(InetSocketAddress.createUnresolved("no-such-host.invalid", 443)));
      case SILENT, BLOCKED -> {
        // The one that is asked knows.
      }
    }
  }

  private void vanish() {
    try {
      proxy.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ProxySelector.setDefault(usualProxy);
    HttpsURLConnection.setDefaultSSLSocketFactory(usualTrust);
    vanish();
  }
}
