package dev.connections.api;

import java.util.Optional;
import java.util.Set;

/**
 * A plugin's front: it describes one type of connection and opens adapters for it. Found by {@code
 * ServiceLoader}, so a plugin names it in its {@code module-info} <em>and</em> in {@code
 * META-INF/services}.
 *
 * <p>Implementations have a public constructor without parameters, are cheap to make, do no I/O and
 * are safe for any thread.
 */
public interface ConnectionAdapterProvider {
  /** {@return what the type is called and how it is shown; the same at every call} */
  ConnectionType type();

  /** {@return the fields of the type's configuration; the same at every call} */
  ConfigurationSpec configuration();

  /**
   * {@return the feature interfaces that adapters of this type may offer, such as {@link
   * RowPreview}} Which of them one adapter offers depends on its configuration: see {@link
   * ConnectionAdapter#as}.
   */
  default Set<Class<?>> features() {
    return Set.of();
  }

  /**
   * {@return how a configuration is written as one line, such as a JDBC URL; empty if the type has
   * no such custom} A host takes in with it what a user pastes, and shows beside its form what the
   * fields amount to.
   */
  default Optional<ConnectionString> connectionString() {
    return Optional.empty();
  }

  /**
   * Brings values that were stored under an earlier version of the configuration to the present
   * one.
   *
   * @param version the version they were stored under; less than that of {@link #configuration}
   * @param values the stored values, secrets included
   * @return the values in the present form; the default implementation gives them back as they are
   */
  default ConfigurationValues migrate(int version, ConfigurationValues values) {
    return values;
  }

  /**
   * Opens an adapter. Nothing is dialled yet: {@link ConnectionAdapter#test} and the reading
   * methods do that.
   *
   * @param configuration validated values
   * @param context what the adapter may use for its life: calls, threads, tokens, egress
   * @return an adapter; the caller closes it
   * @throws ConnectionException if the configuration can't work, with the field that is wrong
   */
  ConnectionAdapter open(Configuration configuration, AdapterContext context);
}
