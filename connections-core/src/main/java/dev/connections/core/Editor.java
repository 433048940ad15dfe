package dev.connections.core;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Ownership;
import dev.connections.core.access.Permission;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.internal.calls.CallScope;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.sealing.ConfigurationUpdate;
import dev.connections.core.internal.sealing.ConfigurationUpdate.Presets;
import dev.connections.core.internal.sealing.ReadableConfiguration;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.StoreFailures;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Stores, changes, locks and deletes connections: each time audited in one piece with the write.
 */
record Editor(Workings workings) {
  private static final int MOST_ATTEMPTS = 5;

  /** A test of a draft, from when to when. */
  record Tested(TestResult result, Instant start, Instant end) {
    TestSummary summary() {
      return TestSummary.of(result, end);
    }
  }

  StoredConnection create(
      Actor actor, ConnectionDraft draft, Drafts.Resolved resolved, Optional<Tested> test) {
    resolved.refuseIfWrong();
    return withPresentKey(() -> createOnce(actor, draft, resolved, test));
  }

  private StoredConnection createOnce(
      Actor actor, ConnectionDraft draft, Drafts.Resolved resolved, Optional<Tested> test) {
    String id = UUID.randomUUID().toString();
    StoredConnection row =
        StoredConnection.builder(
                id,
                ownership(actor, draft),
                Names.connection(draft.name()),
                draft.type().strip(),
                workings
                    .configurations()
                    .seal(actor.account(), id, resolved.type(), resolved.values()))
            .description(draft.description().map(Names::description))
            .active(draft.active())
            .importSettings(draft.importSettings().map(ImportOptions::toJson))
            .metadataExpiry(
                draft.metadataExpiry().map(time -> time.truncatedTo(ChronoUnit.SECONDS)))
            .test(test.map(Tested::summary).orElse(TestSummary.UNTESTED))
            .created(actor.user(), now())
            .build();
    AuditRecord.Builder record =
        workings
            .audit()
            .of(actor, AuditOperation.CREATE)
            .connection(id)
            .fields(List.copyOf(resolved.values().paths()));
    return written(
        actor,
        record,
        () -> {
          workings.store().insert(row);
          test.ifPresent(
              passed ->
                  workings
                      .pastRuns()
                      .tested(
                          new PastRuns.Run(actor, id, passed.start, passed.end), passed.result));
        },
        row);
  }

  /** Stores a connection that comes from elsewhere; made again if its key was retired meanwhile. */
  StoredConnection adopt(
      Actor actor, AuditOperation operation, List<String> fields, Supplier<StoredConnection> made) {
    return withPresentKey(
        () -> {
          StoredConnection row = made.get();
          AuditRecord.Builder record =
              workings.audit().of(actor, operation).connection(row.id()).fields(fields);
          return written(actor, record, () -> workings.store().insert(row), row);
        });
  }

  /** Refuses what {@link #create} would refuse whatever the configuration is. */
  void refuseIfMisplaced(Actor actor, ConnectionDraft draft) {
    Names.connection(draft.name());
    draft.description().ifPresent(Names::description);
    ownership(actor, draft);
  }

  private static Ownership ownership(Actor actor, ConnectionDraft draft) {
    Optional<String> workspace = draft.workspace().or(actor::workspace);
    if (actor.workspace().isPresent() && !actor.workspace().equals(workspace)) {
      throw Failure.of(
              StandardErrorCode.PERMISSION_DENIED,
              "You may create connections in your own workspace only.")
          .withRemedy("Leave the workspace out, or name your own.")
          .withFieldPaths(List.of("workspace"))
          .asException();
    }
    return Names.ownership(
        new Names.Owned(actor.account(), workspace, actor.user(), draft.visibility(), false),
        "workspace");
  }

  StoredConnection update(Actor actor, String id, ConnectionUpdate update) {
    return withPresentKey(() -> updateOnce(actor, id, update));
  }

  private StoredConnection updateOnce(Actor actor, String id, ConnectionUpdate update) {
    StoredConnection row =
        workings.access().require(actor, id, Permission.EDIT, AuditOperation.UPDATE);
    if (row.version() != update.version()) {
      throw StoreFailures.staleVersion();
    }
    List<String> changed = new ArrayList<>();
    StoredConnection.Builder builder = row.toBuilder();
    update
        .name()
        .map(Names::connection)
        .filter(name -> !name.equals(row.name()))
        .ifPresent(
            name -> {
              builder.name(name);
              changed.add("name");
            });
    update
        .description()
        .ifPresent(
            text -> {
              builder.description(text.map(Names::description));
              changed.add("description");
            });
    update
        .active()
        .ifPresent(
            active -> {
              builder.active(active);
              changed.add("active");
            });
    Names.Owned owned =
        new Names.Owned(
            row.account(),
            row.workspace(),
            update.owner().orElse(row.ownership().owner()),
            update.visibility().orElse(row.ownership().visibility()),
            row.ownership().locked());
    update.owner().ifPresent(owner -> changed.add("owner"));
    update.visibility().ifPresent(visibility -> changed.add("visibility"));
    builder.ownership(Names.ownership(owned, "owner"));
    update
        .metadataExpiry()
        .ifPresent(
            time -> {
              builder.metadataExpiry(time.map(some -> some.truncatedTo(ChronoUnit.SECONDS)));
              changed.add("metadata_expiry");
            });
    update.importSettings().ifPresent(options -> changed.add("import_settings"));
    StoredConfiguration configuration =
        update.changesConfiguration() ? configuration(row, update, changed) : row.configuration();
    boolean reconfigured = !configuration.equals(row.configuration());
    StoredConnection after =
        builder
            .configuration(configuration)
            .changed(now(), row.version() + 1, row.configurationVersion() + (reconfigured ? 1 : 0))
            .build();
    AuditRecord.Builder record =
        workings.audit().of(actor, AuditOperation.UPDATE).connection(id).fields(changed);
    written(
        actor,
        record,
        () -> {
          workings.store().replace(after, row.version());
          if (reconfigured) {
            workings.store().cachedMetadata().ifPresent(kept -> kept.forget(row.account(), id));
          }
          update
              .importSettings()
              .ifPresent(
                  options ->
                      workings.store().rememberImportSettings(row.account(), id, options.toJson()));
        },
        after);
    if (reconfigured) {
      workings.leases().forget(row.account(), id);
    }
    // Who gave it away may not see it any more; what he has just written he may.
    return workings.store().find(row.account(), id).orElse(after);
  }

  private StoredConfiguration configuration(
      StoredConnection row, ConnectionUpdate update, List<String> changed) {
    ConfigurationValues shown = workings.configurations().readable(row).values();
    Optional<InstalledType> found = workings.registry().find(row.type());
    UnaryOperator<String> ownPath = path -> found.map(type -> ownPath(type, path)).orElse(path);
    ConfigurationValues entered = update.applyTo(shown, ownPath);
    if (found.isEmpty()) {
      StoredConfiguration after = workings.configurations().updateWithoutType(row, entered);
      changed.addAll(differing(shown, entered));
      return after;
    }
    InstalledType type = found.get();
    for (String path : update.unset().stream().map(ownPath).toList()) {
      if (entered.find(path).isEmpty() && Configurations.isSecret(type, path)) {
        entered = entered.with(path, ""); // left out it would be kept
      }
    }
    ConfigurationSpec spec = type.configuration();
    ReadableConfiguration opened = workings.configurations().openToEdit(row, type);
    ConfigurationValues stored = opened.values();
    ConfigurationValues preset = Configurations.presetValues(type);
    ConfigurationUpdate merged =
        ConfigurationUpdate.of(spec, stored, entered, new Presets(preset, preset));
    List<ConfigurationProblem> kept = new ArrayList<>(merged.problems());
    kept.addAll(ConfigurationUpdate.stillKept(spec, opened.problems(), entered));
    List<ConfigurationProblem> problems = Drafts.problems(type, merged.values(), kept);
    if (!problems.isEmpty()) {
      throw ConfigurationSpec.invalid(problems).asException();
    }
    List<String> differing = differing(stored, merged.values());
    changed.addAll(differing);
    return differing.isEmpty()
        ? row.configuration()
        : workings.configurations().seal(row.account(), row.id(), type, merged.values());
  }

  private static String ownPath(InstalledType type, String path) {
    return type.configuration().field(path).map(Field::path).orElse(path);
  }

  private static List<String> differing(ConfigurationValues before, ConfigurationValues after) {
    List<String> paths = new ArrayList<>(after.paths());
    before.paths().stream().filter(path -> !paths.contains(path)).forEach(paths::add);
    paths.removeIf(path -> before.find(path).equals(after.find(path)));
    return paths;
  }

  void delete(Actor actor, String id) {
    retried(
        () -> {
          StoredConnection row =
              workings.access().require(actor, id, Permission.DELETE, AuditOperation.DELETE);
          AuditRecord.Builder record =
              workings.audit().of(actor, AuditOperation.DELETE).connection(id);
          return written(
              actor, record, () -> workings.store().delete(row.account(), id, row.version()), row);
        });
    workings.leases().forget(actor.account(), id);
    workings.runtime().forget(new CallScope(actor.account(), id));
  }

  /** Sets the locked flag or takes it off; where it is so already nothing happens. */
  StoredConnection lock(Actor actor, String id, boolean locked) {
    AuditOperation operation = locked ? AuditOperation.LOCK : AuditOperation.UNLOCK;
    return retried(
        () -> {
          boolean present = workings.access().see(actor, id).ownership().locked();
          Permission permission = present ? Permission.UNLOCK : Permission.LOCK;
          StoredConnection row = workings.access().require(actor, id, permission, operation);
          if (row.ownership().locked() == locked) {
            return row;
          }
          Ownership before = row.ownership();
          StoredConnection after =
              row.toBuilder()
                  .ownership(
                      new Ownership(
                          before.account(),
                          before.workspace(),
                          before.owner(),
                          before.visibility(),
                          locked))
                  .changed(now(), row.version() + 1, row.configurationVersion())
                  .build();
          return written(
              actor,
              workings.audit().of(actor, operation).connection(id),
              () -> workings.store().replace(after, row.version()),
              after);
        });
  }

  /** Another process may have retired the key that we seal with, or that a row had when read. */
  private <T> T withPresentKey(Supplier<T> change) {
    try {
      return change.get();
    } catch (ConnectionException retired) {
      if (!retired.is(SecretErrorCode.KEY_RETIRED)) {
        throw retired;
      }
      workings.cipher().refresh();
      return change.get();
    }
  }

  /** What needs no version of the caller's is done again on the present row. */
  private static <T> T retried(Supplier<T> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return change.get();
      } catch (ConnectionException stale) {
        boolean repeatable =
            stale.is(CoreErrorCode.STALE_VERSION) || stale.is(SecretErrorCode.KEY_RETIRED);
        if (!repeatable || attempt == MOST_ATTEMPTS) {
          throw stale;
        }
      }
    }
  }

  private StoredConnection written(
      Actor actor, AuditRecord.Builder record, Runnable write, StoredConnection after) {
    try {
      return workings
          .store()
          .atomically(
              actor.account(),
              () -> {
                workings.audit().before(record.build());
                write.run();
                return after;
              });
    } catch (ConnectionException failed) {
      if (!failed.is(CoreErrorCode.NOT_AUDITED)) {
        workings.audit().after(record, AuditResult.FAILED, failed);
      }
      throw failed;
    }
  }

  /** Stores keep microseconds. */
  private Instant now() {
    return workings.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}
