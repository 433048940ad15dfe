package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.core.audit.AuditCheck;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditLog;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditTrail;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.audit.LoggingAuditLog;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.MetadataTarget;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.SyntheticSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done is written down: each operation once, with what it was about. */
final class AuditingTest {
  private static final AuditLog FULL =
      record -> {
        throw new IllegalStateException("the disk is full");
      };

  private final Stage stage = Stage.set();

  @AfterEach
  void close() {
    stage.close();
  }

  private static final class Snapshot implements MetadataTarget {
    @Override
    public void table(TableMetadata table) {}
  }

  private AuditRecord latest(AuditOperation operation) {
    List<AuditRecord> records = stage.audited(operation);
    assertThat(records).as("%s", operation).isNotEmpty();
    return records.get(records.size() - 1);
  }

  @Test
  void
      every_operation_leaves_a_record_with_its_connection_its_object_and_the_secrets_it_releases() {
    TenantConnections ada = stage.ada;
    Connection made = stage.created("Sales");
    String id = made.id();
    List<String> secrets = List.of("authentication.password");
    assertThat(latest(AuditOperation.CREATE).fields()).contains("authentication.password");
    ada.test(id);
    assertThat(latest(AuditOperation.TEST).fields()).isEqualTo(secrets);
    ada.listSchemas(id);
    assertThat(latest(AuditOperation.INTROSPECT).fields()).isEqualTo(secrets);
    ada.listTables(id, TableQuery.of(SyntheticSource.schema(0)));
    assertThat(latest(AuditOperation.INTROSPECT).object())
        .contains(SyntheticSource.schema(0).display());
    ada.getTableMetadata(id, SyntheticSource.table(0, 1));
    assertThat(latest(AuditOperation.INTROSPECT).object())
        .contains(SyntheticSource.table(0, 1).display());
    ada.previewImport(id);
    assertThat(latest(AuditOperation.PREVIEW).fields()).isEqualTo(secrets);
    ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
    assertThat(latest(AuditOperation.IMPORT).fields()).isEqualTo(secrets);
    assertThat(stage.audited(AuditOperation.EXPORT)).isEmpty();
    ada.importMetadata(
            id,
            ImportOptions.all(),
            ImportListener.NONE.andThen(ImportListener.into(new Snapshot())))
        .join();
    assertThat(latest(AuditOperation.EXPORT).object()).contains("Snapshot");
    ada.use(id, RowPreview.class, (rows, operation) -> 1);
    assertThat(latest(AuditOperation.USE).object()).contains("RowPreview");
    ada.test(ConnectionDraft.of(made));
    assertThat(latest(AuditOperation.TEST).object()).contains("draft of synthetic");
    ada.create(ConnectionDraft.of(made).name("Copy"));
    assertThat(latest(AuditOperation.COPY_SECRETS).fields()).isEqualTo(secrets);
    ada.update(id, ConnectionUpdate.of(ada.get(id)).description("x"));
    assertThat(latest(AuditOperation.UPDATE).fields()).containsExactly("description");
    ada.lock(id);
    assertThat(latest(AuditOperation.LOCK).connection()).contains(id);
    ada.unlock(id);
    assertThat(latest(AuditOperation.UNLOCK).connection()).contains(id);
    SecretKeys keys = stage.connections.keys(Stage.ROOT);
    keys.addKey();
    assertThat(latest(AuditOperation.ROTATE_KEYS).user()).isEqualTo("root");
    keys.rotate().join();
    assertThat(latest(AuditOperation.REENCRYPT).object().orElseThrow()).startsWith("2 rows");
    ada.delete(id);
    assertThat(latest(AuditOperation.DELETE).connection()).contains(id);
    assertThat(stage.audit.records("acme"))
        .filteredOn(record -> record.operation() == AuditOperation.CREATE)
        .hasSize(2);
    stage
        .source
        .password()
        .assertAbsentFrom("the audit log", stage.audit.records("acme").toString());
  }

  @Test
  void where_records_are_not_required_the_call_goes_on_and_the_log_says_that_it_is_not_audited() {
    try (Stage other = Stage.set(builder -> builder.audit(FULL).auditRequired(false));
        LogCapture logged = LogCapture.start()) {
      Connection made = other.created("Sales");
      assertThat(other.ada.test(made.id()).passed()).isTrue();
      other.ada.delete(made.id());
      assertThat(logged.text())
          .contains("CREATE isn't in the audit log")
          .contains("TEST isn't in the audit log")
          .contains("DELETE isn't in the audit log");
    }
  }

  @Test
  void an_import_whose_export_can_not_be_written_down_does_not_begin() {
    try (Stage other = Stage.set(builder -> builder.audit(FULL))) {
      failing(() -> other.created("Sales"), CoreErrorCode.NOT_AUDITED);
    }
    Connection made = stage.created("Sales");
    try (Connections unaudited =
        Connections.builder()
            .store(stage.store)
            .keys(stage.keys)
            .provider(stage.source.provider())
            .pluginLoader(Optional.empty())
            .audit(FULL)
            .build()) {
      failing(
          () ->
              unaudited
                  .as(Stage.ADA)
                  .importMetadata(made.id(), ImportListener.into(new Snapshot())),
          CoreErrorCode.NOT_AUDITED);
    }
    assertThat(stage.source.counts().opens()).isZero();
  }

  @Test
  void the_audit_log_is_for_admins_and_one_that_can_not_be_read_says_so() {
    failing(() -> stage.ada.audit().find(AuditQuery.all()), StandardErrorCode.PERMISSION_DENIED);
    failing(() -> stage.ada.audit().check(), StandardErrorCode.PERMISSION_DENIED);
    try (Stage kept = Stage.set(builder -> builder.audit(LoggingAuditLog.create()))) {
      AuditReader root = kept.connections.as(Stage.ROOT).audit();
      failing(() -> root.find(AuditQuery.all()), StandardErrorCode.UNSUPPORTED);
      failing(root::check, StandardErrorCode.UNSUPPORTED);
      failing(
          () -> kept.connections.cutAudit(Stage.ROOT, Instant.now()),
          StandardErrorCode.UNSUPPORTED);
    }
  }

  private static List<AuditOperation> read(Stage stage) {
    return stage.audit.records("acme").stream()
        .map(AuditRecord::operation)
        .filter(AuditOperation.READ_AUDIT::equals)
        .toList();
  }

  @Test
  void who_reads_the_audit_log_is_told_in_it_only_where_the_host_asks() {
    stage.connections.as(Stage.ROOT).audit().find(AuditQuery.all());
    assertThat(read(stage)).isEmpty();
    try (Stage asked = Stage.set(builder -> builder.auditReads(true))) {
      String id = asked.created("Sales").id();
      AuditReader root = asked.connections.as(Stage.ROOT).audit();
      assertThat(root.find(AuditQuery.all().connection(id)).items())
          .as("it is told before anything is read")
          .extracting(entry -> entry.record().operation())
          .containsExactly(AuditOperation.READ_AUDIT, AuditOperation.CREATE);
      assertThat(root.check().sound()).isTrue();
      failing(() -> asked.ada.audit().find(AuditQuery.all()), StandardErrorCode.PERMISSION_DENIED);
      assertThat(asked.audited(AuditOperation.READ_AUDIT))
          .extracting(
              record -> record.user() + " " + record.result() + " " + record.object().orElse(""))
          .containsExactly("root ALLOWED records", "root ALLOWED check", "ada DENIED records");
    }
  }

  @Test
  void a_log_that_can_not_tell_who_reads_it_is_not_read() {
    AtomicBoolean full = new AtomicBoolean();
    AtomicBoolean wasRead = new AtomicBoolean();
    InMemoryAuditLog kept = InMemoryAuditLog.create();
    AuditTrail failing =
        new AuditTrail() {
          @Override
          public void append(AuditRecord record) {
            if (full.get()) {
              throw new IllegalStateException("full");
            }
            kept.append(record);
          }

          @Override
          public List<AuditEntry> find(String account, AuditQuery query) {
            wasRead.set(true);
            return kept.find(account, query);
          }

          @Override
          public AuditCheck check(String account) {
            wasRead.set(true);
            return kept.check(account);
          }

          @Override
          public long cut(AuditRecord by, Instant before) {
            return kept.cut(by, before);
          }
        };
    try (Stage asked = Stage.set(builder -> builder.auditReads(true).audit(failing))) {
      full.set(true);
      AuditReader root = asked.connections.as(Stage.ROOT).audit();
      failing(() -> root.find(AuditQuery.all()), CoreErrorCode.NOT_AUDITED);
      failing(root::check, CoreErrorCode.NOT_AUDITED);
      assertThat(wasRead).isFalse();
    }
  }
}
