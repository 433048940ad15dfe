package dev.connections.store.jdbc;

import dev.connections.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a store on PostgreSQL lies, and as whom it is used.
 *
 * <p>Immutable. No password is in its {@link #toString}.
 */
public final class PostgresStoreSettings {
  /** The schema in which the tables lie, unless another one is named. */
  public static final String DEFAULT_SCHEMA = "connections";

  private static final int MOST_IN_NAME = 63;
  private static final int HIGHEST_PORT = 65_535;
  private static final int LARGEST_POOL = 200;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final Duration GREATEST_AGE = Duration.ofSeconds(10);

  /** A role and its password. */
  record Login(String role, Secret password) {
    Login {
      name("role", role);
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return role;
    }
  }

  private final String host;
  private final String database;
  private final Login user;
  private final Optional<Login> owner;
  private final int port;
  private final String schema;
  private final boolean encrypted;
  private final Optional<Path> rootCertificates;
  private final int poolSize;
  private final Duration patience;
  private final Duration rowAge;

  private PostgresStoreSettings(Builder builder) {
    this.host = builder.host;
    this.database = builder.database;
    this.user = builder.user;
    this.owner = builder.owner;
    this.port = builder.port;
    this.schema = builder.schema;
    this.encrypted = builder.encrypted;
    this.rootCertificates = builder.rootCertificates;
    this.poolSize = builder.poolSize;
    this.patience = builder.patience;
    this.rowAge = builder.rowAge;
  }

  /**
   * {@return a builder}
   *
   * @param host name or address of the server
   * @param database its name
   * @param role as whom the store reads and writes rows; neither a superuser, nor one that
   *     row-level security doesn't hold for, nor the tables' owner
   * @param password of the role
   * @throws IllegalArgumentException if a name is empty or longer than PostgreSQL allows
   */
  public static Builder of(String host, String database, String role, Secret password) {
    return new Builder(host, database, new Login(role, password));
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String database() {
    return database;
  }

  Login user() {
    return user;
  }

  Optional<Login> owner() {
    return owner;
  }

  String schema() {
    return schema;
  }

  boolean encrypted() {
    return encrypted;
  }

  Optional<Path> rootCertificates() {
    return rootCertificates;
  }

  int poolSize() {
    return poolSize;
  }

  Duration patience() {
    return patience;
  }

  Duration rowAge() {
    return rowAge;
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database + " schema " + schema;
  }

  private static String name(String what, String name) {
    if (name.isBlank() || name.length() > MOST_IN_NAME || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the " + what + " has a name of 1 to " + MOST_IN_NAME + " characters");
    }
    return name;
  }

  private static Duration within(String what, Duration value, Duration most) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "the " + what + " is from 1 to " + most.toMillis() + " milliseconds");
    }
    return value;
  }

  /** Collects the settings. Not safe for several threads. */
  public static final class Builder {
    private final String host;
    private final String database;
    private final Login user;
    private Optional<Login> owner = Optional.empty();
    private int port = 5432;
    private String schema = DEFAULT_SCHEMA;
    private boolean encrypted = true;
    private Optional<Path> rootCertificates = Optional.empty();
    private int poolSize = 10;
    private Duration patience = Duration.ofSeconds(10);
    private Duration rowAge = Duration.ofMillis(50);

    private Builder(String host, String database, Login user) {
      if (host.isBlank()) {
        throw new IllegalArgumentException("the server has a name or an address");
      }
      this.host = host;
      this.database = name("database", database);
      this.user = user;
    }

    /**
     * Sets the port.
     *
     * @param port 1 to 65535; 5432 if left out
     * @return this builder
     * @throws IllegalArgumentException if there is no such port
     */
    public Builder port(int port) {
      if (port < 1 || port > HIGHEST_PORT) {
        throw new IllegalArgumentException("a port is from 1 to " + HIGHEST_PORT);
      }
      this.port = port;
      return this;
    }

    /**
     * Names the schema in which the tables lie.
     *
     * @param schema {@value PostgresStoreSettings#DEFAULT_SCHEMA} if left out
     * @return this builder
     * @throws IllegalArgumentException if the name is empty or longer than PostgreSQL allows
     */
    public Builder schema(String schema) {
      this.schema = name("schema", schema);
      return this;
    }

    /**
     * Names the role that makes and owns the tables. Given it, the store brings them to this
     * version's form when it is opened; else it refuses tables of another version. It isn't used
     * for anything else.
     *
     * @param role another one than that which reads and writes rows
     * @param password of the role
     * @return this builder
     * @throws IllegalArgumentException if the name is empty or longer than PostgreSQL allows
     */
    public Builder owner(String role, Secret password) {
      this.owner = Optional.of(new Login(role, password));
      return this;
    }

    /**
     * Trusts a server whose certificate one of these authorities has signed. Left out, those that
     * Java trusts are asked. In both cases the certificate must be the named host's.
     *
     * @param pem a file of certificates
     * @return this builder
     */
    public Builder rootCertificates(Path pem) {
      this.rootCertificates = Optional.of(pem);
      this.encrypted = true;
      return this;
    }

    /**
     * Talks to the server in clear text: passwords are protected, rows aren't, and nobody checks
     * who answers. For a server on the same machine or in a network of its own.
     *
     * @return this builder
     */
    public Builder unencrypted() {
      this.encrypted = false;
      this.rootCertificates = Optional.empty();
      return this;
    }

    /**
     * Sets how many connections to the server the store has at most.
     *
     * @param poolSize 1 to 200; 10 if left out
     * @return this builder
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Builder poolSize(int poolSize) {
      if (poolSize < 1 || poolSize > LARGEST_POOL) {
        throw new IllegalArgumentException("a pool has 1 to " + LARGEST_POOL + " connections");
      }
      this.poolSize = poolSize;
      return this;
    }

    /**
     * Sets how long a call waits for a connection, and then for each statement.
     *
     * @param patience 1 millisecond to 10 minutes; 10 seconds if left out
     * @return this builder
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Builder patience(Duration patience) {
      this.patience = within("patience", patience, LONGEST_WAIT);
      return this;
    }

    /**
     * Sets how long a row that was read is used again by {@link PostgresStore#find}: what another
     * node has written is seen that much later at most.
     *
     * @param rowAge 1 millisecond to 10 seconds; 50 milliseconds if left out
     * @return this builder
     * @throws IllegalArgumentException if it is out of bounds
     */
    public Builder rowAge(Duration rowAge) {
      this.rowAge = within("age", rowAge, GREATEST_AGE);
      return this;
    }

    /** {@return the settings} */
    public PostgresStoreSettings build() {
      return new PostgresStoreSettings(this);
    }
  }
}
