package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.FieldGroup;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Operation;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** One way in which a well-behaved provider is made to misbehave. */
@FunctionalInterface
interface Twist {
  ConnectionAdapterProvider of(SyntheticSource source);

  /** Other adapters, made from good ones. */
  static Twist adapter(UnaryOperator<ConnectionAdapter> change) {
    return adapter((adapter, context) -> change.apply(adapter));
  }

  static Twist adapter(BiFunction<ConnectionAdapter, AdapterContext, ConnectionAdapter> change) {
    return source ->
        new Provider(source.provider()) {
          @Override
          public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
            return change.apply(super.open(configuration, context), context);
          }
        };
  }

  /** Another import, by the good one. */
  static Twist importing(Importing change) {
    return adapter(
        adapter ->
            new TwistedAdapter(adapter) {
              @Override
              public ImportEnd importMetadata(
                  ImportSelection selection, MetadataSink sink, Operation operation) {
                return change.run(adapter, selection, sink, operation);
              }
            });
  }

  /** An import into another sink, made from the given one. */
  static Twist sink(UnaryOperator<MetadataSink> change) {
    return importing(
        (adapter, selection, sink, operation) ->
            adapter.importMetadata(selection, change.apply(sink), operation));
  }

  /** A spec with one more field. */
  static Twist field(Field<?> field) {
    return source ->
        new Provider(source.provider()) {
          private final ConfigurationSpec spec = withField(source, field);

          @Override
          public ConfigurationSpec configuration() {
            return spec;
          }
        };
  }

  private static ConfigurationSpec withField(SyntheticSource source, Field<?> field) {
    ConfigurationSpec spec = source.provider().configuration();
    ConfigurationSpec.Builder builder = ConfigurationSpec.version(spec.version());
    for (FieldGroup group : spec.groups()) {
      builder.group(group.id(), group.label(), group.fields().toArray(Field<?>[]::new));
    }
    // The rule over tables and schemas isn't told by a spec, so it is made again.
    return builder
        .group("more", "More", field)
        .rule(
            configuration ->
                (long) configuration.get(SyntheticConfiguration.TABLES)
                            * configuration.get(SyntheticConfiguration.SCHEMAS)
                        <= 50_000_000
                    ? List.of()
                    : List.of(
                        ConfigurationProblem.of(
                            SyntheticConfiguration.TABLES, "Too many tables.", "Take fewer.")))
        .build();
  }

  /** How a twisted import runs. */
  interface Importing {
    ImportEnd run(
        ConnectionAdapter adapter,
        ImportSelection selection,
        MetadataSink sink,
        Operation operation);
  }

  /** Forwards everything. */
  class Provider implements ConnectionAdapterProvider {
    private final ConnectionAdapterProvider provider;

    Provider(ConnectionAdapterProvider provider) {
      this.provider = provider;
    }

    @Override
    public ConnectionType type() {
      return provider.type();
    }

    @Override
    public ConfigurationSpec configuration() {
      return provider.configuration();
    }

    @Override
    public Set<Class<?>> features() {
      return provider.features();
    }

    @Override
    public ConfigurationValues migrate(int version, ConfigurationValues values) {
      return provider.migrate(version, values);
    }

    @Override
    public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
      return provider.open(configuration, context);
    }
  }
}
