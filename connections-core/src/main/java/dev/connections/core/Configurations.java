package dev.connections.core;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Preset;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.internal.sealing.ConfigurationSealing;
import dev.connections.core.internal.sealing.ReadableConfiguration;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stored configurations: sealed, opened, and as they are shown. */
record Configurations(ConfigurationSealing sealing, Types types, Clock clock) {

  StoredConfiguration seal(
      String account, String id, ConnectionAdapterProvider provider, ConfigurationValues values) {
    return sealing.seal(new SealedPlace(account, id), provider.configuration(), values);
  }

  /** All values in the clear. The caller has asked {@link Access} and told {@link Audit}. */
  ConfigurationValues open(StoredConnection row, ConnectionAdapterProvider provider) {
    return sealing.open(place(row), provider.configuration(), provider::migrate, row.configuration());
  }

  StoredConfiguration updateWithoutType(StoredConnection row, ConfigurationValues values) {
    return sealing.updateWithoutType(place(row), row.configuration(), values);
  }

  ReadableConfiguration readable(StoredConnection row) {
    Optional<ConnectionAdapterProvider> provider = types.find(row.type());
    return provider.isEmpty()
        ? sealing.readableWithoutType(row.configuration())
        : sealing.readable(
            place(row),
            provider.get().configuration(),
            provider.get()::migrate,
            row.configuration());
  }

  private static SealedPlace place(StoredConnection row) {
    return new SealedPlace(row.account(), row.id());
  }

  /** The connection as it may be shown to whoever may see it. */
  Connection shown(StoredConnection row) {
    ReadableConfiguration readable = readable(row);
    List<ConfigurationProblem> problems = new ArrayList<>(readable.problems());
    Optional<ImportOptions> importSettings = importSettings(row, problems);
    return new Connection(
        row.id(),
        row.ownership(),
        row.name(),
        row.description(),
        row.type(),
        readable.values(),
        problems,
        row.active(),
        row.shownTest(clock.instant()),
        importSettings,
        row.lastImport(),
        row.createdBy(),
        row.createdAt(),
        row.updatedAt(),
        row.version(),
        row.configurationVersion());
  }

  private static Optional<ImportOptions> importSettings(
      StoredConnection row, List<ConfigurationProblem> problems) {
    try {
      return row.importSettings().map(ImportOptions::fromJson);
    } catch (ConnectionException damaged) {
      Failure failure = damaged.failure();
      problems.add(
          new ConfigurationProblem(
              "import_settings", failure.code(), failure.message(), failure.remedy()));
      return Optional.empty();
    }
  }

  /** What the next import reads if it isn't told. */
  ImportOptions importSettings(StoredConnection row) {
    return importSettings(row, new ArrayList<>()).orElseGet(ImportOptions::all);
  }

  /** The values with those of the preset that the stored type name stands for. */
  static ConfigurationValues effective(
      ConnectionAdapterProvider provider, String type, ConfigurationValues values) {
    return provider
        .type()
        .presetOf(type)
        .map(Preset::values)
        .map(preset -> preset.overlaidWith(provider.configuration().canonical(values)))
        .orElse(values);
  }

  static List<ConfigurationProblem> problems(
      ConnectionAdapterProvider provider, String type, ConfigurationValues values) {
    return provider.configuration().validate(effective(provider, type, values));
  }

  static Configuration bind(
      ConnectionAdapterProvider provider, String type, ConfigurationValues values) {
    return provider.configuration().bind(effective(provider, type, values));
  }

  /** The paths of the secrets that are set, for the audit log. */
  List<String> secretsSet(StoredConnection row, ConnectionAdapterProvider provider) {
    ConfigurationValues shown = readable(row).values();
    return shown.paths().stream().filter(path -> isSecret(provider, path)).toList();
  }

  static boolean isSecret(ConnectionAdapterProvider provider, String path) {
    return provider.configuration().field(path).map(Field::isSecret).orElse(true);
  }

  /** How long a test may take, by the configuration's own word. */
  static Optional<Duration> connectionTimeout(
      ConnectionAdapterProvider provider, String type, ConfigurationValues values) {
    ConfigurationSpec spec = provider.configuration();
    return spec.field("advanced.connection_timeout")
        .filter(field -> field.kind() == Field.Kind.SECONDS)
        .flatMap(field -> spec.readLeniently(effective(provider, type, values)).find(field))
        .map(Duration.class::cast)
        .filter(time -> !time.isZero() && !time.isNegative());
  }
}
