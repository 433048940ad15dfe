package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableQuery;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.observe.Observation;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.observe.Outcome;
import dev.connections.testkit.SyntheticSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UsingConnectionsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<Observation> observed = new CopyOnWriteArrayList<>();
  private final Stage stage = Stage.set(builder -> builder.observer(observed::add));
  private final TenantConnections ada = stage.ada;
  private final String id = stage.created("Sales").id();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void metadata_is_read_once_audited_once_and_then_known() {
    TableMetadata first = ada.getTableMetadata(id, SyntheticSource.table(0, 1));
    long roundTrips = stage.source.counts().roundTrips();
    assertThat(ada.getTableMetadata(id, SyntheticSource.table(0, 1))).isSameAs(first);
    assertThat(ada.listSchemas(id)).isEqualTo(ada.listSchemas(id)).hasSize(2);
    TableQuery query = TableQuery.of(SyntheticSource.schema(0));
    assertThat(ada.listTables(id, query).items()).hasSize(25);
    assertThat(ada.listTables(id, query).items()).hasSize(25);
    assertThat(stage.source.counts().roundTrips()).isEqualTo(roundTrips + 2);
    assertThat(stage.audited(AuditOperation.INTROSPECT))
        .extracting(AuditRecord::object)
        .containsExactly(
            Optional.of(SyntheticSource.table(0, 1).display()),
            Optional.empty(),
            Optional.of(SyntheticSource.schema(0).display()));
    ada.invalidateMetadata(id);
    ada.listSchemas(id);
    assertThat(stage.source.counts().roundTrips()).isEqualTo(roundTrips + 3);
  }

  @Test
  void another_configuration_and_a_deletion_forget_what_was_read_and_opened() {
    ada.listSchemas(id);
    Connection changed =
        ada.update(id, ConnectionUpdate.of(ada.get(id)).set("advanced.schemas", 3));
    assertThat(ada.listSchemas(id)).hasSize(3);
    assertThat(stage.source.counts().opens()).isEqualTo(2);
    assertThat(stage.source.counts().closes()).isEqualTo(1);
    ada.delete(changed.id());
    assertThat(stage.source.counts().closes()).isEqualTo(2);
    failing(() -> ada.listSchemas(id), StandardErrorCode.NOT_FOUND);
  }

  @Test
  void a_table_that_is_not_there_is_not_found_and_not_kept() {
    failing(
        () -> ada.getTableMetadata(id, SyntheticSource.table(0, 9_999)),
        StandardErrorCode.NOT_FOUND);
    assertThat(observed)
        .anySatisfy(
            observation -> {
              assertThat(observation.operation()).isEqualTo(ObservedOperation.READ_TABLE);
              assertThat(observation.outcome()).isEqualTo(Outcome.FAILED);
            });
  }

  @Test
  void an_import_reports_all_keeps_its_settings_and_renews_what_was_known() {
    TableMetadata known = ada.getTableMetadata(id, SyntheticSource.table(0, 1));
    AtomicInteger tables = new AtomicInteger();
    ImportListener counting =
        new ImportListener() {
          @Override
          public void table(TableMetadata table) {
            tables.incrementAndGet();
          }
        };
    ImportReport report = ada.importMetadata(id, ImportOptions.all(), counting).join();
    assertThat(report.status()).isEqualTo(ImportReport.Status.COMPLETE);
    assertThat(tables).hasValue(50);
    assertThat(ada.get(id).importSettings()).contains(ImportOptions.all());
    assertThat(ada.get(id).lastImport()).isPresent();
    assertThat(ada.getTableMetadata(id, SyntheticSource.table(0, 1)))
        .isNotSameAs(known)
        .isEqualTo(known);
    ImportOptions one = ImportOptions.ofTables(SyntheticSource.table(0, 1));
    ada.importMetadata(id, one, ImportListener.NONE).join();
    tables.set(0);
    ada.importMetadata(id, counting).join();
    assertThat(tables).as("the remembered settings").hasValue(1);
    assertThat(ada.previewImport(id).datasets()).as("the remembered settings").hasSize(1);
    assertThat(stage.audited(AuditOperation.IMPORT)).hasSize(3);
  }

  @Test
  void a_preview_says_what_an_import_would_read_and_remembers_nothing() {
    assertThat(ada.previewImport(id, ImportOptions.all()).datasets()).hasSize(50);
    assertThat(ada.previewImport(id).datasets()).as("everything").hasSize(50);
    assertThat(ada.get(id).importSettings()).isEmpty();
    assertThat(stage.source.counts().tablesRead()).isZero();
    assertThat(stage.audited(AuditOperation.PREVIEW)).hasSize(2);
  }

  @Test
  void a_preview_estimates_by_the_rate_of_the_last_import_that_read_something() {
    assertThat(ada.previewImport(id, ImportOptions.all()).estimate()).isEmpty();
    ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
    Duration all = ada.previewImport(id, ImportOptions.all()).estimate().orElseThrow();
    double rate = stage.store.find("acme", id).orElseThrow().importRate().orElseThrow();
    assertThat(all).isEqualTo(Duration.ofMillis(Math.round(50 / rate * 1_000)));
    stage.source.refuseCredentials();
    ada.update(id, ConnectionUpdate.of(ada.get(id)).set("advanced.columns", 3));
    ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
    assertThat(stage.store.find("acme", id).orElseThrow().importRate()).hasValue(rate);
  }

  @Test
  void an_import_ends_when_it_is_cancelled_and_says_so() throws Exception {
    stage.source.faults().hang();
    ImportJob job = ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE);
    assertThat(stage.source.faults().awaitHanging(1, LONG)).isTrue();
    job.cancel();
    assertThat(job.join().status()).isEqualTo(ImportReport.Status.CANCELLED);
    assertThat(observed)
        .anySatisfy(
            observation -> {
              assertThat(observation.operation()).isEqualTo(ObservedOperation.IMPORT);
              assertThat(observation.outcome()).isEqualTo(Outcome.CANCELLED);
            });
  }

  @Test
  void an_import_that_may_not_begin_by_then_ends_in_a_report() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    try (Connections late =
        Connections.builder()
            .store(stage.store)
            .keys(stage.keys)
            .provider(stage.source.provider())
            .pluginLoader(Optional.empty())
            .audit(stage.audit)
            .executor(
                task ->
                    new Thread(
                            () -> {
                              awaitOpen(begin);
                              task.run();
                            })
                        .start())
            .build()) {
      ImportJob job =
          late.as(Stage.ADA).importMetadata(id, ImportOptions.all(), ImportListener.NONE);
      ada.update(id, ConnectionUpdate.of(ada.get(id)).active(false));
      begin.countDown();
      ImportReport report = job.future().get(60, TimeUnit.SECONDS);
      assertThat(report.status()).isEqualTo(ImportReport.Status.FAILED);
      assertThat(report.failure().orElseThrow().code()).isEqualTo(CoreErrorCode.INACTIVE);
    }
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_feature_is_lent_for_a_block() throws IOException {
    RowPreview.RowSample sample =
        ada.use(
            id,
            RowPreview.class,
            (preview, operation) -> preview.preview(SyntheticSource.table(0, 0), 3, operation));
    assertThat(sample.rows()).hasSize(3);
    assertThat(stage.audited(AuditOperation.USE).get(0).object()).contains("RowPreview");
    assertThatThrownBy(
            () ->
                ada.use(
                    id,
                    RowPreview.class,
                    (preview, operation) -> {
                      throw new IOException("the host's own");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the host's own");
    assertThat(observed).extracting(Observation::operation).contains(ObservedOperation.USE);
  }

  @Test
  void a_feature_that_is_not_offered_is_named_with_the_type() {
    assertThat(
            failing(
                    () -> ada.use(id, Runnable.class, (feature, operation) -> 1),
                    StandardErrorCode.UNSUPPORTED)
                .failure()
                .message())
        .isEqualTo("Synthetic doesn't offer Runnable.");
    assertThat(stage.audited(AuditOperation.USE)).isEmpty();
    failing(
        () -> ada.use(id, StatementRunner.class, (feature, operation) -> 1),
        StandardErrorCode.UNSUPPORTED);
    ada.update(id, ConnectionUpdate.of(ada.get(id)).set("advanced.allow_statements", true));
    ada.use(
        id,
        StatementRunner.class,
        (feature, operation) -> {
          feature.run("create", operation);
          return 1;
        },
        CallOptions.defaults());
    assertThat(stage.source.statements()).containsExactly("create");
  }

  @Test
  void closing_lets_calls_end_refuses_new_ones_and_releases_everything() throws Exception {
    stage.source.faults().hang();
    CompletableFuture<Integer> browsing =
        CompletableFuture.supplyAsync(() -> ada.listSchemas(id).size(), onItsOwnThread());
    assertThat(stage.source.faults().awaitHanging(1, LONG)).isTrue();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(stage.connections::close, onItsOwnThread());
    awaitClosed();
    stage.source.faults().letGo();
    assertThat(browsing.get()).isEqualTo(2);
    closing.get();
    assertThat(stage.source.counts().closes()).isEqualTo(stage.source.counts().opens());
    stage.connections.close();
    failing(() -> ada.importMetadata(id, ImportListener.NONE), CoreErrorCode.CLOSED);
    failing(() -> ada.test(stage.draft("x")), CoreErrorCode.CLOSED);
  }

  /** The common pool has one thread on two processors: a task that waits would hold up the next. */
  private static Executor onItsOwnThread() {
    return work -> new Thread(work).start();
  }

  private void awaitClosed() {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try {
        ada.get(id);
      } catch (ConnectionException closed) {
        assertThat(closed.is(CoreErrorCode.CLOSED)).isTrue();
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("still open");
  }

  @Test
  void closing_cancels_what_does_not_end_in_time_and_an_import_ends_in_a_report() throws Exception {
    try (Stage hasty = Stage.set(builder -> builder.drainTimeout(Duration.ofMillis(10)))) {
      String imported = hasty.created("Big").id();
      hasty.source.faults().hang();
      ImportJob job = hasty.ada.importMetadata(imported, ImportOptions.all(), ImportListener.NONE);
      assertThat(hasty.source.faults().awaitHanging(1, LONG)).isTrue();
      hasty.connections.close();
      assertThat(job.future()).isDone();
      assertThat(job.join().status()).isEqualTo(ImportReport.Status.CANCELLED);
      assertThat(hasty.source.counts().closes()).isEqualTo(hasty.source.counts().opens());
    }
  }

  @Test
  void types_are_told_by_any_of_their_names() {
    assertThat(stage.connections.availableTypes())
        .extracting(t -> t.id())
        .containsExactly("synthetic");
    assertThat(stage.connections.isAvailable("SYNTHETIC_CLASSIC")).isTrue();
    assertThat(stage.connections.registryProblems()).isEmpty();
    assertThat(stage.connections.configurationOf("Synthetic").version()).isEqualTo(2);
    failing(() -> stage.connections.configurationOf("Snowflake"), StandardErrorCode.UNSUPPORTED);
    assertThat(stage.connections.connectionStringOf("Synthetic")).isEmpty();
    failing(() -> stage.connections.connectionStringOf("Snowflake"), StandardErrorCode.UNSUPPORTED);
    assertThat(ada.actor()).isEqualTo(Stage.ADA);
  }
}
