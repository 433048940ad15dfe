package dev.connections.core;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionType;
import dev.connections.api.Failure;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.sealing.ConfigurationUpdate;
import dev.connections.core.internal.sealing.ConfigurationUpdate.Presets;
import dev.connections.core.store.StoredConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of a draft what would be stored: with the secrets of the connection it is based on. */
record Drafts(Workings workings) {

  /**
   * A draft ready to be dialled or stored.
   *
   * @param type its type
   * @param values in the clear
   * @param problems while there are any, the values must be neither stored nor dialled
   * @param basis the connection whose secrets it has
   * @param copied the secrets it has from there
   */
  record Resolved(
      InstalledType type,
      ConfigurationValues values,
      List<ConfigurationProblem> problems,
      Optional<StoredConnection> basis,
      List<String> copied) {
    void refuseIfWrong() {
      if (!problems.isEmpty()) {
        throw ConfigurationSpec.invalid(problems).asException();
      }
    }
  }

  Resolved resolve(Actor actor, ConnectionDraft draft, AuditOperation operation) {
    Optional<StoredConnection> basis =
        draft.basis().map(id -> workings.access().require(actor, id, Permission.EDIT, operation));
    InstalledType type = workings.registry().require(draft.type());
    basis.ifPresent(row -> refuseOtherType(row, type));
    ConfigurationSpec spec = type.configuration();
    ConfigurationValues stored =
        basis
            .map(row -> openedFor(actor, row, type, operation))
            .orElse(ConfigurationValues.empty());
    ConfigurationUpdate merged =
        ConfigurationUpdate.of(spec, stored, draft.configuration(), presets(basis, type));
    List<ConfigurationProblem> problems = problems(type, merged.values(), merged.problems());
    List<String> copied =
        Configurations.secretsIn(type, merged.values()).stream()
            .filter(path -> merged.values().find(path).equals(stored.find(path)))
            .toList();
    return new Resolved(type, merged.values(), problems, basis, copied);
  }

  /** A field that needs its secret again isn't told a second time as missing. */
  static List<ConfigurationProblem> problems(
      InstalledType type, ConfigurationValues values, List<ConfigurationProblem> neededAgain) {
    List<ConfigurationProblem> problems = new ArrayList<>(neededAgain);
    List<String> told = neededAgain.stream().map(ConfigurationProblem::field).toList();
    Configurations.problems(type, values).stream()
        .filter(problem -> !told.contains(problem.field()))
        .forEach(problems::add);
    return problems;
  }

  private ConfigurationValues openedFor(
      Actor actor, StoredConnection row, InstalledType type, AuditOperation operation) {
    workings
        .audit()
        .before(
            workings
                .audit()
                .of(
                    actor,
                    operation == AuditOperation.TEST ? operation : AuditOperation.COPY_SECRETS)
                .connection(row.id())
                .fields(workings.configurations().secretsSet(row, type))
                .build());
    return workings.configurations().open(row, type);
  }

  /** A draft may name its type otherwise than its basis, and so stand for another preset. */
  private Presets presets(Optional<StoredConnection> basis, InstalledType type) {
    ConfigurationValues after = Configurations.presetValues(type);
    return new Presets(
        basis
            .flatMap(row -> workings.registry().find(row.type()))
            .map(Configurations::presetValues)
            .orElse(after),
        after);
  }

  private void refuseOtherType(StoredConnection row, InstalledType type) {
    Optional<String> id =
        workings.registry().find(row.type()).map(InstalledType::type).map(ConnectionType::id);
    if (!id.equals(Optional.of(type.type().id()))) {
      throw Failure.of(
              CoreErrorCode.INVALID_ARGUMENT,
              "The draft is of another type than the connection it is based on.")
          .withRemedy("Base it on a connection of its type, or on none.")
          .asException();
    }
  }
}
