package dev.connections.core;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConnectionString;
import dev.connections.api.ConnectionType;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditTrail;
import dev.connections.core.history.HistorySettings;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.observe.Observer;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.SecretResolver;
import dev.connections.core.store.ConnectionStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to stored connections. A host makes one at its start, keeps it, and closes it at its
 * end; everything else is reached {@linkplain #as as somebody}.
 *
 * <p>Safe for any thread.
 */
public final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Workings workings;
  private final Duration drainTimeout;
  private final AutoCloseable sweeper;

  private Connections(Builder builder) {
    this.drainTimeout = builder.drainTimeout;
    Assembly assembly = Assembly.of(builder);
    this.workings = assembly.workings();
    this.sweeper = assembly.sweeper();
    builder.rotationsResumedBy.ifPresent(this::resumeRotation);
  }

  /** It's told and not thrown: the host starts as well without. */
  private void resumeRotation(Actor operator) {
    try {
      if (keys(operator).resume().isPresent()) {
        LOG.info("A rotation of keys was left unfinished and goes on.");
      }
    } catch (ConnectionException failed) {
      LOG.warn("A rotation of keys couldn't be looked for: {}.", failed.code().id());
    }
  }

  /** {@return a builder; everything it asks for has a default} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the connections of an account, as one actor sees them}
   *
   * @param actor who acts; the host has authenticated him
   */
  public TenantConnections as(Actor actor) {
    return new TenantConnections(actor, workings);
  }

  /**
   * {@return the keys that the store's secrets are encrypted with, to be looked at and replaced}
   *
   * @param operator who does so; the host has made sure that he may. Changes of the keys are
   *     recorded in the audit log of his account
   */
  public SecretKeys keys(Actor operator) {
    return new SecretKeys(operator, workings);
  }

  /**
   * Cuts the oldest audit records of the operator's account off, if the audit log keeps records and
   * can be read back. That it was done is a record of its own, with which the rest can still be
   * {@linkplain AuditReader#check checked}.
   *
   * @param operator who does so; the host has made sure that he may
   * @param before records up to the first that was written then or later; that one stays
   * @return how many records were cut off
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#CLOSED}; with {@link
   *     dev.connections.api.StandardErrorCode#UNSUPPORTED} if the audit log can't be shortened
   *     here; or as the store fails
   */
  public long cutAudit(Actor operator, Instant before) {
    workings.calls().refuseIfClosed();
    AuditTrail trail = AuditReader.trail(workings);
    return trail.cut(workings.audit().of(operator, AuditOperation.CUT_AUDIT).build(), before);
  }

  /** {@return the types whose plugins are installed, by their display names} */
  public List<ConnectionType> availableTypes() {
    return workings.registry().availableTypes();
  }

  /**
   * {@return whether connections of a type can be opened}
   *
   * @param typeName an id or a stored name, in any case
   */
  public boolean isAvailable(String typeName) {
    return workings.registry().isAvailable(typeName);
  }

  /**
   * {@return the fields of a type's configuration, from which a host draws its form}
   *
   * @param typeName an id or a stored name, in any case
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#UNSUPPORTED} if no plugin offers the type
   */
  public ConfigurationSpec configurationOf(String typeName) {
    InstalledType type = workings.registry().require(typeName);
    return type.configuration();
  }

  /**
   * {@return how a type's configurations are written as one line, such as a JDBC URL; empty if the
   * type has no such custom} A host reads with it what a user pastes, and shows beside its form
   * what the fields amount to, secrets masked.
   *
   * @param typeName an id or a stored name, in any case
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#UNSUPPORTED} if no plugin offers the type
   */
  public Optional<ConnectionString> connectionStringOf(String typeName) {
    return workings.registry().require(typeName).provider().connectionString();
  }

  /** {@return what is wrong with plugins that are there and can't be used} */
  public List<RegistryProblem> registryProblems() {
    return workings.registry().problems();
  }

  /**
   * Closes the door: calls from now on fail with {@link CoreErrorCode#CLOSED}. Those under way get
   * the drain time to end; what is left then is cancelled, imports end in a report. At last all
   * adapters, threads and the store are released.
   *
   * <p>Returns when all that is done. Calling it again does nothing.
   */
  @Override
  public void close() {
    if (workings.calls().close(drainTimeout)) {
      Assembly.release(workings, sweeper, RunningCalls.GRACE);
    }
  }

  /** Collects what a {@link Connections} is made of. Not safe for several threads. */
  public static final class Builder {
    Optional<ConnectionStore> store = Optional.empty();
    Optional<KeySource> keys = Optional.empty();
    Optional<Executor> executor = Optional.empty();
    Optional<AuditLog> auditLog = Optional.empty();
    final List<ConnectionAdapterProvider> providers = new ArrayList<>();
    final Map<String, SecretResolver> resolvers = new LinkedHashMap<>();
    Optional<ClassLoader> pluginLoader =
        Optional.of(
            Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElseGet(Connections.class::getClassLoader));
    Clock clock = Clock.systemUTC();
    EgressRules egress = EgressRules.defaults();
    Observer observer = Observer.NONE;
    CacheSettings cache = CacheSettings.DEFAULT;
    Duration drainTimeout = Duration.ofSeconds(30);
    Duration adapterIdle = Duration.ofSeconds(60);
    int mostAdapters = 256;
    boolean comparesImports = true;
    HistorySettings history = HistorySettings.DEFAULT;
    boolean auditRequired = true;
    boolean auditReads = false;
    Optional<Actor> rotationsResumedBy = Optional.empty();

    private Builder() {}

    /**
     * Sets where connections are kept; in memory if left out. The store is closed with the
     * connections.
     *
     * @param connectionStore the store
     * @return this builder
     */
    public Builder store(ConnectionStore connectionStore) {
      this.store = Optional.of(connectionStore);
      return this;
    }

    /**
     * Sets what the store's keys are encrypted with. If left out: for a store in memory, a key that
     * lives as long; for any other, the file {@code connections.key} in the working directory,
     * which is made if there is none.
     *
     * @param source the key source
     * @return this builder
     */
    public Builder keys(KeySource source) {
      this.keys = Optional.of(source);
      return this;
    }

    /**
     * Allows connections to refer to secrets that lie elsewhere. There is no resolver if none is
     * added: then such references are refused.
     *
     * @param resolver finds the secrets of one scheme
     * @return this builder
     * @throws IllegalArgumentException if there is one for this scheme already, or the scheme isn't
     *     made of lower-case letters, digits and hyphens
     */
    public Builder secrets(SecretResolver resolver) {
      String scheme = resolver.scheme();
      if (!scheme.matches("[a-z][a-z0-9-]{0,30}") || resolvers.containsKey(scheme)) {
        throw new IllegalArgumentException("one resolver for each scheme, in lower case");
      }
      resolvers.put(scheme, resolver);
      return this;
    }

    /**
     * Adds a plugin, besides those that are found.
     *
     * @param provider the plugin's front
     * @return this builder
     */
    public Builder provider(ConnectionAdapterProvider provider) {
      this.providers.add(provider);
      return this;
    }

    /**
     * Sets where plugins are looked for; the context class loader of the thread that makes the
     * builder, if left out.
     *
     * @param loader a class loader; empty to look nowhere
     * @return this builder
     */
    public Builder pluginLoader(Optional<ClassLoader> loader) {
      this.pluginLoader = loader;
      return this;
    }

    /**
     * Sets the clock that times of day are taken from.
     *
     * @param source the clock
     * @return this builder
     */
    public Builder clock(Clock source) {
      this.clock = source;
      return this;
    }

    /**
     * Sets the threads for remote calls and imports; our own if left out.
     *
     * @param threads starts each task at once, such as one with virtual threads; it is left open
     * @return this builder
     */
    public Builder executor(Executor threads) {
      this.executor = Optional.of(threads);
      return this;
    }

    /**
     * Sets which addresses may be dialled.
     *
     * @param rules the rules
     * @return this builder
     */
    public Builder egress(EgressRules rules) {
      this.egress = rules;
      return this;
    }

    /**
     * Sets who hears figures.
     *
     * @param hears the observer
     * @return this builder
     */
    public Builder observer(Observer hears) {
      this.observer = hears;
      return this;
    }

    /**
     * Sets where audit records go. If left out: to the store if it keeps them, else to the log.
     *
     * @param log the audit log
     * @return this builder
     */
    public Builder audit(AuditLog log) {
      this.auditLog = Optional.of(log);
      return this;
    }

    /**
     * Sets what happens if the audit log doesn't take a record. If it is required, which is so if
     * left out, what the record is for isn't done: no secret is released and nothing is changed. If
     * not, it is done all the same, and each such failure is an error in the log.
     *
     * <p>A record of a change that a store keeps itself is part of the change: they are kept
     * together or not at all, whatever is set here.
     *
     * @param required whether what isn't audited isn't done
     * @return this builder
     */
    public Builder auditRequired(boolean required) {
      this.auditRequired = required;
      return this;
    }

    /**
     * Sets whether reading the audit log leaves a record in it, written before anything is read,
     * and a refused try one that says so; neither does if left out.
     *
     * @param recorded whether who reads the audit log is told in it
     * @return this builder
     */
    public Builder auditReads(boolean recorded) {
      this.auditReads = recorded;
      return this;
    }

    /**
     * Has a rotation of keys that was left unfinished go on when the connections are made, as
     * {@link SecretKeys#resume} does; the log says so. If left out, it waits for somebody to call
     * that. If the store can't be asked, the log says that, and the connections are made all the
     * same.
     *
     * @param operator in whose name it goes on
     * @return this builder
     */
    public Builder resumeRotations(Actor operator) {
      this.rotationsResumedBy = Optional.of(operator);
      return this;
    }

    /**
     * Sets how much metadata is kept in memory.
     *
     * @param settings how much, and for how long
     * @return this builder
     */
    public Builder cache(CacheSettings settings) {
      this.cache = settings;
      return this;
    }

    /**
     * Sets whether imports are compared with what the imports before have found, so that their
     * reports say what became of the tables since; they are if left out. The store keeps a snapshot
     * of each connection's tables for that, some hundred bytes for a table.
     *
     * @param compared false to keep no snapshots
     * @return this builder
     */
    public Builder compareImports(boolean compared) {
      this.comparesImports = compared;
      return this;
    }

    /**
     * Sets how many past tests and imports are kept, and for how long; {@link
     * HistorySettings#DEFAULT} if left out.
     *
     * @param settings how many, and for how long
     * @return this builder
     */
    public Builder history(HistorySettings settings) {
      this.history = settings;
      return this;
    }

    /**
     * Sets how many adapters are open at most, over all accounts, and how long an idle one stays
     * open; 256 and one minute if left out.
     *
     * @param most at least 1
     * @param idle positive
     * @return this builder
     * @throws IllegalArgumentException if one of them is less
     */
    public Builder adapters(int most, Duration idle) {
      if (most < 1 || idle.isZero() || idle.isNegative()) {
        throw new IllegalArgumentException("at least one adapter, for a positive time");
      }
      this.mostAdapters = most;
      this.adapterIdle = idle;
      return this;
    }

    /**
     * Sets how long closing waits for what is under way, before it is cancelled; 30 seconds if left
     * out.
     *
     * @param time not negative
     * @return this builder
     * @throws IllegalArgumentException if the time is negative
     */
    public Builder drainTimeout(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("a negative time: " + time);
      }
      this.drainTimeout = time;
      return this;
    }

    /**
     * {@return the connections}
     *
     * @throws dev.connections.api.ConnectionException with a {@link
     *     dev.connections.core.secrets.SecretErrorCode} if the key is missing, malformed or not the
     *     store's
     */
    public Connections build() {
      return new Connections(this);
    }

    static Path keyFile() {
      return Path.of("connections.key");
    }
  }
}
