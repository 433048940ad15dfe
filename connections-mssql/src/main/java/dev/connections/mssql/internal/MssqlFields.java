package dev.connections.mssql.internal;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.jdbc.DatabaseForm;
import dev.connections.jdbc.DatabaseRules;
import java.time.Duration;
import java.util.List;

/** The fields of a SQL Server connection. */
final class MssqlFields {
  /** How the server is told who we are. */
  enum Authentication {
    /** A login of SQL Server itself. */
    SQL_AUTH,
    /** A Windows account. */
    WINDOWS_AUTH,
    /** An identity of Microsoft Entra, which was called Azure Active Directory. */
    AZURE_AD
  }

  /** What proves an identity of Microsoft Entra. */
  enum AzureMode {
    /** A user's name and password. */
    PASSWORD,
    /** An application's id and secret. */
    SERVICE_PRINCIPAL,
    /** The machine that the application runs on. */
    MANAGED_IDENTITY,
    /** A token that was obtained elsewhere. */
    ACCESS_TOKEN
  }

  /** What proves a Windows account. */
  enum WindowsScheme {
    /** Kerberos, by Java. */
    KERBEROS,
    /** NTLM, by Java, with name and password. */
    NTLM,
    /** Windows itself, by the driver's native library. */
    NATIVE
  }

  /** What a connection to an availability group is for. */
  enum Intent {
    /** Reading alone: a secondary replica will do. */
    READ_ONLY,
    /** Anything. */
    READ_WRITE
  }

  static final Field<String> SERVER =
      DatabaseForm.host("server", "host").example("sql-server.example.com");

  static final Field<Integer> PORT = DatabaseForm.port(1433);

  static final Field<String> DATABASE = DatabaseForm.database(128).example("AdventureWorks");

  static final Field<Authentication> AUTHENTICATION =
      Field.choice("authentication.type", Authentication.class)
          .label("Authentication")
          .preset(Authentication.SQL_AUTH)
          .destination();

  static final Field<AzureMode> AZURE_MODE =
      Field.choice("authentication.mode", AzureMode.class)
          .label("Kind of identity")
          .preset(AzureMode.PASSWORD)
          .when(AUTHENTICATION, Authentication.AZURE_AD)
          .destination();

  static final Field<WindowsScheme> WINDOWS_SCHEME =
      Field.choice("authentication.scheme", WindowsScheme.class)
          .label("Windows protocol")
          .help("Kerberos needs a ticket, or name and password; NTLM needs name and password.")
          .preset(WindowsScheme.KERBEROS)
          .when(AUTHENTICATION, Authentication.WINDOWS_AUTH);

  static final Field<String> USER =
      DatabaseForm.user(128)
          .aliases("authentication.client_id")
          .label("User name or client id")
          .help("A login that may only read is enough. For an application: its client id.");

  static final Field<Secret> PASSWORD =
      DatabaseForm.password()
          .aliases("authentication.client_secret")
          .label("Password or client secret");

  static final Field<Secret> ACCESS_TOKEN =
      Field.secret("authentication.access_token")
          .label("Access token")
          .help("For the resource https://database.windows.net/; it isn't renewed.")
          .range(1, 100_000)
          .required()
          .when(AUTHENTICATION, Authentication.AZURE_AD)
          .when(AZURE_MODE, AzureMode.ACCESS_TOKEN);

  static final Field<String> DOMAIN =
      Field.text("authentication.domain")
          .label("Windows domain")
          .range(1, 255)
          .when(AUTHENTICATION, Authentication.WINDOWS_AUTH);

  static final Field<Boolean> ENCRYPT =
      Field.flag("ssl.enabled")
          .label("Encrypt")
          .help("Switched off, at most the sign-in is encrypted, without a look at the server.")
          .preset(true)
          .destination();

  static final Field<Boolean> STRICT =
      Field.flag("ssl.strict")
          .label("Strict (TDS 8)")
          .help(
              "Encrypts before the first byte of the protocol. SQL Server 2022 and Azure know it.")
          .preset(false)
          .when(ENCRYPT, true)
          .destination();

  static final Field<Boolean> TRUST =
      Field.flag("ssl.trust_server_certificate")
          .label("Trust any certificate")
          .help("Encrypts without asking who the server is.")
          .preset(false)
          .when(ENCRYPT, true)
          .destination();

  static final Field<String> CERTIFICATE_HOST =
      Field.text("ssl.host_name_in_certificate")
          .label("Host name in the certificate")
          .help("Where the server is reached by another name than its certificate is for.")
          .range(1, 253)
          .when(ENCRYPT, true)
          .destination();

  static final Field<String> TRUST_STORE =
      Field.multilineText("ssl.trust_store")
          .label("Trusted certificates")
          .help(
              "Certificates of the authorities in PEM, or a trust store (PKCS #12 or JKS) in Base64."
                  + " Left empty, those that Java trusts count.")
          .range(1, 1_000_000)
          .when(ENCRYPT, true)
          .destination();

  static final Field<Secret> TRUST_STORE_PASSWORD =
      Field.secret("ssl.trust_store_password")
          .label("Trust store's password")
          .range(1, 1_024)
          .when(ENCRYPT, true);

  static final Field<String> CLIENT_CERTIFICATE =
      DatabaseForm.clientCertificate()
          .help("In PEM. A server that asks for one is shown it.")
          .range(1, 1_000_000)
          .when(ENCRYPT, true);

  static final Field<Secret> CLIENT_KEY = DatabaseForm.clientKey().when(ENCRYPT, true);

  static final Field<String> MIN_TLS = DatabaseForm.oldestTls().when(ENCRYPT, true);

  static final Field<Boolean> CDC =
      Field.flag("cdc.enabled")
          .label("Change data capture")
          .help("Whether the connection relies on captured changes; the test then looks for them.")
          .preset(false);

  static final Field<List<String>> CDC_TABLES =
      Field.texts("cdc.tracking_tables")
          .label("Captured tables")
          .help("Those the connection relies on, as schema.table.")
          .example("Sales.Orders")
          .range(0, 10_000)
          .when(CDC, true);

  static final Field<Duration> CONNECT_TIMEOUT = DatabaseForm.connectTimeout();

  static final Field<Duration> COMMAND_TIMEOUT = DatabaseForm.commandTimeout(Duration.ofMinutes(5));

  static final Field<String> APPLICATION_NAME = DatabaseForm.applicationName(128);

  static final Field<Intent> INTENT =
      Field.choice("advanced.application_intent", Intent.class)
          .label("Application intent")
          .help("read_only lets an availability group answer from a secondary replica.")
          .preset(Intent.READ_WRITE);

  static final Field<Boolean> MULTI_SUBNET =
      Field.flag("advanced.multi_subnet_failover")
          .label("Multi-subnet failover")
          .help("Dials all addresses of an availability group's listener at once.")
          .preset(false);

  static final Field<String> INSTANCE =
      Field.text("advanced.instance_name")
          .label("Instance name")
          .help("A named instance. Its port is what counts: entered above, or looked up.")
          .range(1, 16);

  static final Field<Boolean> FIND_PORT =
      Field.flag("advanced.find_port")
          .label("Look up the instance's port")
          .help("Asks SQL Server Browser, on UDP port 1434; the port above then doesn't count.")
          .preset(false)
          .destination();

  static final Field<Integer> POOL_SIZE = DatabaseForm.poolSize(4);

  static final Field<Duration> IDLE_TIMEOUT = DatabaseForm.idleTimeout();

  static final Field<Boolean> PREVIEW = DatabaseForm.rowPreview();

  static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1)
          .group("server", "Server", SERVER, PORT, DATABASE)
          .group(
              "authentication",
              "Authentication",
              AUTHENTICATION,
              AZURE_MODE,
              WINDOWS_SCHEME,
              USER,
              PASSWORD,
              ACCESS_TOKEN,
              DOMAIN)
          .group(
              "ssl",
              "Encryption",
              ENCRYPT,
              STRICT,
              TRUST,
              CERTIFICATE_HOST,
              TRUST_STORE,
              TRUST_STORE_PASSWORD,
              CLIENT_CERTIFICATE,
              CLIENT_KEY,
              MIN_TLS)
          .group("cdc", "Change data capture", CDC, CDC_TABLES)
          .group(
              "advanced",
              "Advanced",
              CONNECT_TIMEOUT,
              COMMAND_TIMEOUT,
              APPLICATION_NAME,
              INTENT,
              MULTI_SUBNET,
              INSTANCE,
              FIND_PORT,
              POOL_SIZE,
              IDLE_TIMEOUT,
              PREVIEW)
          .rule(MssqlRules::identity)
          .rule(MssqlRules::instance)
          .rule(
              DatabaseRules.hostNames(
                  "Enter only the name or address, such as sql.example.com; port and instance have"
                      + " their own fields.",
                  List.of(SERVER, CERTIFICATE_HOST)))
          .rule(
              DatabaseRules.withoutControls(
                  List.of(DATABASE, USER, DOMAIN, INSTANCE, APPLICATION_NAME)))
          .rule(DatabaseRules.tlsVersion(MIN_TLS))
          .rule(MssqlRules::encryption)
          .rule(MssqlRules::machine)
          .rule(DatabaseRules.clientCertificate(CLIENT_CERTIFICATE, CLIENT_KEY))
          .rule(MssqlRules::trackingTables)
          .build();

  private MssqlFields() {}
}
