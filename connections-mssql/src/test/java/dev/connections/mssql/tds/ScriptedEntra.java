package dev.connections.mssql.tds;

import dev.connections.jdbc.TlsMaterial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
      {"error": "invalid_client", "error_description": "AADSTS7000215: %s",
       "error_codes": [7000215]}
      """
          .formatted(ServerError.MARK);

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final ProxySelector usualProxy = ProxySelector.getDefault();
  private final SSLSocketFactory usualTrust = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final ServerSocket proxy;
  private final String secret;
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
      head(client.getInputStream());
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

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** One request: the client is told that there can't be another one. */
  private void answer(Socket client) throws IOException {
    String head = head(client.getInputStream());
    Matcher length = LENGTH.matcher(head);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    String body = new String(client.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    String path = head.split(" ", 3)[1].replaceFirst("\\?.*", "");
    asked.add(path);
    if (path.contains("/discovery/instance")) {
      reply(client, "200 OK", DISCOVERY);
    } else if (path.toLowerCase(Locale.ROOT).contains("/userrealm/")) {
      reply(client, "200 OK", REALM);
    } else if (path.endsWith("/token")) {
      Map<String, String> form = form(body);
      boolean right = secret.equals(form.getOrDefault("client_secret", form.get("password")));
      reply(client, right ? "200 OK" : "401 Unauthorized", right ? GRANTED : REFUSED);
    } else {
      reply(client, "404 Not Found", "{}");
    }
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                (first, second) -> second));
  }

  private static void reply(Socket client, String status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            .formatted(status, bytes.length);
    OutputStream out = client.getOutputStream();
    out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
    client.close();
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

  /** Nobody is there any more; clients still come here. */
  public void vanish() {
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
