package dev.connections.jdbc;

import dev.connections.api.Field;
import dev.connections.api.Secret;
import java.time.Duration;

/**
 * Makes the fields that forms of databases have in common. Their paths are the same everywhere; an
 * adapter may give them other labels, conditions and limits.
 */
public final class DatabaseForm {
  private DatabaseForm() {}

  /**
   * {@return the field of a server's name or address}
   *
   * @param path its path
   * @param alias another path that stored connections may have
   */
  public static Field<String> host(String path, String alias) {
    return Field.text(path)
        .aliases(alias)
        .label("Server")
        .help("Name or address of the server.")
        .range(1, 253)
        .required()
        .destination();
  }

  /**
   * {@return the field of a port}
   *
   * @param usual where servers of this kind listen
   */
  public static Field<Integer> port(int usual) {
    return Field.integer("port").label("Port").preset(usual).range(1, 65_535).destination();
  }

  /**
   * {@return the field of a database's name}
   *
   * @param longest how many characters a name has at most
   */
  public static Field<String> database(int longest) {
    return Field.text("database")
        .label("Database")
        .help("One connection reads one database.")
        .range(1, longest)
        .required()
        .destination();
  }

  /**
   * {@return the field of a login's name, encrypted in the store}
   *
   * @param longest how many characters a name has at most
   */
  public static Field<String> user(int longest) {
    return Field.text("authentication.username")
        .label("User name")
        .help("A login that may only read is enough.")
        .range(1, longest)
        .encrypted();
  }

  /** {@return the field of a login's password} */
  public static Field<Secret> password() {
    return Field.secret("authentication.password").label("Password").range(1, 1_024);
  }

  /** {@return the field of a client's certificate, in PEM} */
  public static Field<String> clientCertificate() {
    return Field.multilineText("ssl.client_certificate").label("Client certificate");
  }

  /** {@return the field of the key of a client's certificate} */
  public static Field<Secret> clientKey() {
    return Field.secret("ssl.client_key")
        .label("Client key")
        .help("The key of the client certificate: unencrypted PKCS #8, in PEM.")
        .range(1, 100_000);
  }

  /** {@return the field of the oldest version of TLS that is spoken} */
  public static Field<String> oldestTls() {
    return Field.text("ssl.min_tls_version")
        .label("Oldest TLS version")
        .suggestions(DatabaseRules.TLS_VERSIONS.toArray(String[]::new))
        .preset(DatabaseRules.TLS_VERSIONS.get(0));
  }

  /** {@return the field of the time that connecting may take} */
  public static Field<Duration> connectTimeout() {
    return Field.seconds("advanced.connection_timeout")
        .label("Connection time-out")
        .preset(Duration.ofSeconds(30))
        .range(1, 600);
  }

  /**
   * {@return the field of the time that one request may take}
   *
   * @param usual what is enough for a large catalog
   */
  public static Field<Duration> commandTimeout(Duration usual) {
    return Field.seconds("advanced.command_timeout")
        .label("Command time-out")
        .help("How long one request to the server may take.")
        .preset(usual)
        .range(1, 86_400);
  }

  /**
   * {@return the field of the name that we have at the server}
   *
   * @param longest how many characters a server keeps
   */
  public static Field<String> applicationName(int longest) {
    return Field.text("advanced.application_name")
        .label("Application name")
        .help("What the server's administrator sees us as.")
        .preset("Connections")
        .range(1, longest);
  }

  /**
   * {@return the field of the pool's size}
   *
   * @param usual how many connections are enough
   */
  public static Field<Integer> poolSize(int usual) {
    return Field.integer("advanced.pool_size")
        .label("Most connections")
        .preset(usual)
        .range(1, 100);
  }

  /** {@return the field of the time after which an unused connection is closed} */
  public static Field<Duration> idleTimeout() {
    return Field.seconds("advanced.idle_timeout")
        .label("Idle time-out")
        .help("After so long an unused connection is closed.")
        .preset(Duration.ofSeconds(30))
        .range(10, 3_600);
  }

  /** {@return the field that allows to show rows; off, unless a user switches it on} */
  public static Field<Boolean> rowPreview() {
    return Field.flag("advanced.row_preview")
        .label("Show rows")
        .help("Whether the first rows of a table may be shown; metadata needs none.")
        .preset(false);
  }
}
