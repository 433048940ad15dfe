package dev.connections.core;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.core.EarlierImportReport.Outcome;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.secrets.EarlierSecrets;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes over connections of the earlier system, one after the other: their secrets are decrypted,
 * and encrypted with the present key before anything is stored. What can't be decrypted is left out
 * and told; it is never stored in its earlier form.
 */
record EarlierImporter(Workings workings) {

  EarlierImportReport run(
      Actor actor, List<EarlierConnection> connections, EarlierSecrets secrets, boolean dryRun) {
    List<EarlierImportReport.Row> rows = new ArrayList<>(connections.size());
    Set<String> names = new HashSet<>();
    for (EarlierConnection connection : connections) {
      workings.calls().refuseIfClosed();
      Opening opening = new Opening(secrets);
      try {
        rows.add(row(actor, connection, opening, dryRun, names.add(connection.name())));
      } catch (ConnectionException failed) {
        rows.add(
            opening.row(
                connection,
                failed.is(CoreErrorCode.NAME_TAKEN) ? Outcome.THERE_ALREADY : Outcome.FAILED,
                Optional.empty(),
                List.of(problem(failed.failure()))));
      }
    }
    return new EarlierImportReport(dryRun, rows);
  }

  private EarlierImportReport.Row row(
      Actor actor,
      EarlierConnection connection,
      Opening opening,
      boolean dryRun,
      boolean firstOfItsName) {
    String name = Names.connection(connection.name());
    Optional<InstalledType> type = workings.registry().find(connection.type());
    ConfigurationValues values =
        opening.opened(workings.configurations().parsed(connection.configuration()), type);
    List<ConfigurationProblem> problems =
        type.map(known -> Drafts.problems(known, values, opening.problems))
            .orElse(opening.problems);
    if (!firstOfItsName || isThere(actor, name)) {
      return opening.row(connection, Outcome.THERE_ALREADY, Optional.empty(), problems);
    }
    Optional<String> id =
        dryRun ? Optional.empty() : Optional.of(stored(actor, connection, type, values, opening));
    return opening.row(
        connection, problems.isEmpty() ? Outcome.IMPORTED : Outcome.INCOMPLETE, id, problems);
  }

  private boolean isThere(Actor actor, String name) {
    ConnectionFilter likely = ConnectionFilter.all().withText(name);
    return workings.store().list(actor, likely, ListRequest.first()).items().stream()
        .anyMatch(row -> row.name().equals(name) && row.workspace().equals(actor.workspace()));
  }

  private String stored(
      Actor actor,
      EarlierConnection connection,
      Optional<InstalledType> type,
      ConfigurationValues values,
      Opening opening) {
    String id = UUID.randomUUID().toString();
    Ownership ownership = Ownership.startingWith(actor);
    return new Editor(workings)
        .adopt(
            actor,
            AuditOperation.CREATE,
            List.copyOf(values.paths()),
            () -> {
              StoredConfiguration sealed =
                  type.map(
                          known ->
                              workings.configurations().seal(actor.account(), id, known, values))
                      .orElseGet(
                          () ->
                              workings
                                  .configurations()
                                  .sealWithoutType(actor.account(), id, values, opening.paths));
              return StoredConnection.builder(
                      id,
                      ownership,
                      Names.connection(connection.name()),
                      connection.type().strip(),
                      sealed)
                  .description(connection.description().map(Names::description))
                  .created(actor.user(), workings.clock().instant())
                  .build();
            })
        .id();
  }

  private static ConfigurationProblem problem(Failure failure) {
    String field = failure.fields().isEmpty() ? "" : failure.fields().get(0);
    return new ConfigurationProblem(field, failure.code(), failure.message(), failure.remedy());
  }

  /** The values of one connection, being opened. */
  private static final class Opening {
    private final EarlierSecrets secrets;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final Set<String> paths = new HashSet<>();
    private int opened;

    Opening(EarlierSecrets secrets) {
      this.secrets = secrets;
    }

    ConfigurationValues opened(ConfigurationValues stored, Optional<InstalledType> type) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (String path : stored.paths()) {
        Optional<Field<?>> field =
            type.flatMap(known -> known.configuration().field(path)).map(any -> any);
        opened(path, stored.find(path).orElseThrow(), field)
            .ifPresent(value -> values.put(path, value));
      }
      return ConfigurationValues.of(values);
    }

    private Optional<Object> opened(String path, Object value, Optional<Field<?>> field) {
      if (value instanceof List<?> list) {
        return Optional.of(
            list.stream().flatMap(item -> opened(path, item, field).stream()).toList());
      }
      if (!(value instanceof String text) || !EarlierSecrets.isEarlier(text)) {
        return Optional.of(value);
      }
      try {
        Secret secret = secrets.open(path, text);
        opened++;
        paths.add(path);
        return Optional.of(
            field.map(Field::isSecret).orElse(true) ? secret : secret.use(String::new));
      } catch (ConnectionException invalid) {
        problems.add(problem(invalid.failure()));
        return Optional.empty();
      }
    }

    EarlierImportReport.Row row(
        EarlierConnection connection,
        Outcome outcome,
        Optional<String> id,
        List<ConfigurationProblem> told) {
      return new EarlierImportReport.Row(connection.name(), outcome, id, opened, told);
    }
  }
}
