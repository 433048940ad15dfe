package dev.connections.core;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Preset;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.internal.registry.AdapterRegistry;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.sealing.ConfigurationSealing;
import dev.connections.core.internal.sealing.ReadableConfiguration;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.store.SealedRow;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Stored configurations: sealed, opened, and as they are shown. */
record Configurations(ConfigurationSealing sealing, AdapterRegistry registry, Clock clock) {
  private static final List<String> CONNECTION_TIMEOUT = List.of("advanced.connection_timeout");
  private static final List<String> ROUND_TRIP_TIMEOUT =
      List.of("advanced.command_timeout", "advanced.timeout");

  StoredConfiguration seal(
      String account, String id, InstalledType type, ConfigurationValues values) {
    return sealing.seal(new SealedPlace(account, id), type.configuration(), values);
  }

  /** A configuration whose type's plugin is absent: sealed are the values at some paths. */
  StoredConfiguration sealWithoutType(
      String account, String id, ConfigurationValues values, Set<String> paths) {
    return sealing.sealWithoutType(new SealedPlace(account, id), values, paths);
  }

  /** The values of a JSON text that comes from elsewhere. */
  ConfigurationValues parsed(String json) {
    return sealing.parsed(json);
  }

  /** All values in the clear. The caller has asked {@link Access} and told {@link Audit}. */
  ConfigurationValues open(StoredConnection row, InstalledType type) {
    return sealing.open(
        place(row), type.configuration(), type.provider()::migrate, row.configuration());
  }

  /** What can be opened of it, and what must be entered again. As above. */
  ReadableConfiguration openToEdit(StoredConnection row, InstalledType type) {
    return sealing.openToEdit(
        place(row), type.configuration(), type.provider()::migrate, row.configuration());
  }

  StoredConfiguration updateWithoutType(StoredConnection row, ConfigurationValues values) {
    return sealing.updateWithoutType(place(row), row.configuration(), values);
  }

  /** The configuration of a row, encrypted with the present key. */
  SealedRow.Change reseal(SealedRow row) {
    StoredConfiguration resealed =
        sealing.reseal(
            new SealedPlace(row.account(), row.connection()),
            new StoredConfiguration(row.specVersion(), row.text()));
    return new SealedRow.Change(row, resealed.json(), resealed.keyId().orElseThrow());
  }

  ReadableConfiguration readable(StoredConnection row) {
    Optional<InstalledType> type = registry.find(row.type());
    return type.isEmpty()
        ? sealing.readableWithoutType(row.configuration())
        : sealing.readable(
            place(row),
            type.get().configuration(),
            type.get().provider()::migrate,
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
        row.metadataExpiry(),
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
  static ConfigurationValues effective(InstalledType type, ConfigurationValues values) {
    return presetValues(type).overlaidWith(type.configuration().canonical(values));
  }

  /** What the stored type name stands for. */
  static ConfigurationValues presetValues(InstalledType type) {
    return type.preset()
        .map(Preset::values)
        .map(type.configuration()::canonical)
        .orElse(ConfigurationValues.empty());
  }

  static List<ConfigurationProblem> problems(InstalledType type, ConfigurationValues values) {
    return type.configuration().validate(effective(type, values));
  }

  static Configuration bind(InstalledType type, ConfigurationValues values) {
    return type.configuration().bind(effective(type, values));
  }

  /** The paths of the secrets that are set, for the audit log. */
  List<String> secretsSet(StoredConnection row, InstalledType type) {
    return secretsIn(type, readable(row).values());
  }

  static List<String> secretsIn(InstalledType type, ConfigurationValues values) {
    return values.paths().stream().filter(path -> isSecret(type, path)).toList();
  }

  /** What the spec doesn't know counts as secret. */
  static boolean isSecret(InstalledType type, String path) {
    return type.configuration().field(path).map(Field::isSecret).orElse(true);
  }

  /** How long a test may take, by the configuration's own word. */
  static Optional<Duration> connectionTimeout(InstalledType type, ConfigurationValues values) {
    return seconds(type, values, CONNECTION_TIMEOUT);
  }

  /** How long one round trip to the source may take, by the configuration's own word. */
  static Optional<Duration> roundTripTimeout(InstalledType type, ConfigurationValues values) {
    return seconds(type, values, ROUND_TRIP_TIMEOUT);
  }

  private static Optional<Duration> seconds(
      InstalledType type, ConfigurationValues values, List<String> paths) {
    ConfigurationSpec spec = type.configuration();
    return paths.stream()
        .flatMap(path -> spec.field(path).stream())
        .filter(field -> field.kind() == Field.Kind.SECONDS)
        .flatMap(field -> spec.readLeniently(effective(type, values)).find(field).stream())
        .map(Duration.class::cast)
        .filter(time -> !time.isZero() && !time.isNegative())
        .findFirst();
  }
}
