package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Preset;
import dev.connections.api.RowPreview;
import dev.connections.api.StatementRunner;
import java.util.Locale;
import java.util.Set;

/**
 * The plugin of a {@link SyntheticSource}: a remote adapter with secrets, for tests of core and of
 * hosts. {@code ServiceLoader} doesn't find it; a test hands it over.
 *
 * <p>Fields: {@code host} (alias {@code server}), {@code port}, {@code authentication.type} with
 * {@code username} and {@code password} or {@code token}; {@code advanced.schemas}, {@code tables},
 * {@code columns}, {@code parallel}, {@code connection_timeout}, {@code command_timeout} and {@code
 * allow_statements}. The configuration has version 2; version 1 had {@code login} and {@code pass}.
 * The feature {@link RowPreview} is always offered, {@link StatementRunner} only if allowed.
 */
public final class SyntheticProvider implements ConnectionAdapterProvider {
  private final SyntheticSource source;
  private final ConnectionType type;

  SyntheticProvider(SyntheticSource source) {
    this.source = source;
    String stored = source.typeId().toUpperCase(Locale.ROOT).replace('-', '_');
    this.type =
        ConnectionType.of(source.typeId(), source.displayName(), ConnectionType.Family.OTHER)
            .storedAs(stored + "_CLASSIC")
            .storedAs(
                stored + "_CLOUD",
                new Preset(
                    "cloud",
                    source.displayName() + " in the cloud",
                    ConfigurationValues.empty()
                        .with("authentication.type", "token")
                        .with("advanced.connection_timeout", 60)))
            .icon("synthetic")
            .color("#7a5195")
            .build();
  }

  /** {@return the source that the adapters connect to} */
  public SyntheticSource source() {
    return source;
  }

  @Override
  public ConnectionType type() {
    return type;
  }

  @Override
  public ConfigurationSpec configuration() {
    return SyntheticConfiguration.SPEC;
  }

  @Override
  public Set<Class<?>> features() {
    return Set.of(RowPreview.class, StatementRunner.class);
  }

  @Override
  public ConfigurationValues migrate(int version, ConfigurationValues values) {
    return SyntheticConfiguration.migrate(version, values);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    source.counts().opened();
    return new SyntheticAdapter(source, configuration, context);
  }
}
