package dev.connections.http;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.Field;
import dev.connections.api.PemTexts;
import dev.connections.api.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields that every service on the web has: a proxy on the way, certificates. A spec takes them
 * as a group of its own, with {@link #check} as a rule, and {@link #apply} puts them into settings.
 */
public final class NetworkFields {
  /** Name or address of a proxy. */
  public static final Field<String> PROXY_HOST =
      Field.text("proxy.host")
          .label("Proxy")
          .help("Name or address of an HTTP proxy on the way; left empty, there is none.")
          .range(1, 253)
          .destination();

  /** Port of the proxy. */
  public static final Field<Integer> PROXY_PORT =
      Field.integer("proxy.port").label("Proxy port").preset(8080).range(1, 65_535).destination();

  /** User name at the proxy. */
  public static final Field<String> PROXY_USER =
      Field.text("proxy.username").label("Proxy user").range(1, 255).encrypted();

  /** Password at the proxy. */
  public static final Field<Secret> PROXY_PASSWORD =
      Field.secret("proxy.password").label("Proxy password").range(1, 1_024);

  /** Certificates of the authorities to trust. */
  public static final Field<String> TRUSTED =
      Field.multilineText("tls.root_certificate")
          .label("Trusted certificate")
          .help(
              "Certificate of the authority that signed the server's, in PEM. Left empty, those"
                  + " that Java trusts count.")
          .range(1, 1_000_000)
          .destination();

  /** Our own certificate. */
  public static final Field<String> CLIENT_CERTIFICATE =
      Field.multilineText("tls.client_certificate")
          .label("Client certificate")
          .help("Our certificate, in PEM, with those between it and the authority.")
          .range(1, 100_000);

  /** The key of our certificate. */
  public static final Field<Secret> CLIENT_KEY =
      Field.secret("tls.client_key")
          .label("Client key")
          .help("The key of the client certificate: unencrypted PKCS #8, in PEM.")
          .range(1, 100_000);

  private NetworkFields() {}

  /** {@return all of these fields, for a group of a spec} */
  public static Field<?>[] all() {
    return new Field<?>[] {
      PROXY_HOST, PROXY_PORT, PROXY_USER, PROXY_PASSWORD, TRUSTED, CLIENT_CERTIFICATE, CLIENT_KEY
    };
  }

  /**
   * {@return settings with what these fields say}
   *
   * @param settings of the service
   * @param configuration of a spec that has these fields
   */
  public static HttpSettings apply(HttpSettings settings, Configuration configuration) {
    TlsSettings tls =
        new TlsSettings(
            configuration.find(TRUSTED),
            configuration.find(CLIENT_CERTIFICATE),
            configuration.find(CLIENT_KEY));
    HttpSettings secured = settings.withTls(tls);
    return configuration
        .find(PROXY_HOST)
        .map(
            host ->
                secured.withProxy(
                    new ProxySettings(
                        host,
                        configuration.get(PROXY_PORT),
                        configuration.find(PROXY_USER),
                        configuration.find(PROXY_PASSWORD))))
        .orElse(secured);
  }

  /**
   * {@return what is wrong with these fields} A rule for a spec that has them.
   *
   * @param configuration of such a spec
   */
  public static List<ConfigurationProblem> check(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (Field<String> field : List.of(TRUSTED, CLIENT_CERTIFICATE)) {
      if (configuration.find(field).filter(pem -> !PemTexts.holdsCertificates(pem)).isPresent()) {
        problems.add(
            ConfigurationProblem.of(
                field,
                field.label() + " isn't a certificate in PEM.",
                "Paste the file's text, beginning with -----BEGIN CERTIFICATE-----."));
      }
    }
    Optional<Secret> key = configuration.find(CLIENT_KEY);
    if (key.isPresent() && !key.get().use(PemTexts::holdsKey)) {
      problems.add(
          ConfigurationProblem.of(
              CLIENT_KEY,
              "Client key isn't an unencrypted PKCS #8 key in PEM.",
              "Convert it: openssl pkcs8 -topk8 -nocrypt."));
    }
    if (key.isPresent() != configuration.find(CLIENT_CERTIFICATE).isPresent()) {
      problems.add(
          ConfigurationProblem.of(
              key.isPresent() ? CLIENT_CERTIFICATE : CLIENT_KEY,
              "A client certificate and its key go together.",
              "Enter both or neither."));
    }
    configuration
        .find(PROXY_HOST)
        .filter(host -> !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"))
        .ifPresent(
            host ->
                problems.add(
                    ConfigurationProblem.of(
                        PROXY_HOST,
                        "Proxy holds a character that no host name has.",
                        "Enter only the name or address, such as proxy.example.com.")));
    return problems;
  }
}
