package dev.connections.core.internal.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.MetadataSink.Decision;
import dev.connections.api.Operation;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.ImportReport.Status;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.importing.TablePattern;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever adapters, listeners and callers do: the ledger balances and no table is lost. */
class RandomAdapterTest {
  private static final int RUNS = 400;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_ledger_balances_whatever_the_adapter_does(long seed) {
    for (int run = 0; run < RUNS; run++) {
      check(new Random(seed * 1_000_003 + run));
    }
  }

  private static void check(Random random) {
    TestOperation operation = TestOperation.start();
    Wild wild = new Wild(random, operation);
    int throwAt = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : Integer.MAX_VALUE;
    Hearing host =
        new Hearing() {
          private int tellings;

          @Override
          public void table(TableMetadata table) {
            if (++tellings == throwAt) {
              throw new IllegalStateException("enough");
            }
            super.table(table);
          }
        };
    ImportOptions options = options(random);
    ImportReport report =
        new ImportRun(Runs.setup(options, operation).listener(host))
            .run(new ScriptedAdapter(wild::read));

    assertThat(report.ledger().balances()).as(report.toString()).isTrue();
    assertThat(host.disturbed).isFalse();
    assertThat(host.finished).containsExactly(report);
    assertThat(host.tables.stream().map(TableMetadata::name).toList()).doesNotHaveDuplicates();

    Set<TableName> ended =
        host.outcomes.stream().map(TableOutcome::name).collect(Collectors.toSet());
    assertThat(host.outcomes).hasSameSizeAs(ended);
    boolean threw =
        report.failure().filter(why -> why.message().contains("application")).isPresent();
    if (threw) {
      assertThat(report.status()).isEqualTo(Status.FAILED);
    } else {
      assertThat(ended).hasSize((int) report.ledger().listed()).containsAll(wild.promised);
      assertThat(report.ledger().imported()).isEqualTo(host.tables.size());
    }
    assertThat(host.outcomes.stream().filter(TableOutcome.Imported.class::isInstance).count())
        .isEqualTo(host.tables.size());
    assertThat(report.ledger().failed())
        .isEqualTo(report.failuresByCode().values().stream().mapToLong(Long::longValue).sum());
    if (report.status() == Status.COMPLETE) {
      assertThat(report.ledger().failed()).isZero();
      assertThat(host.tables).hasSize((int) report.ledger().imported());
    }
    if (report.status() == Status.CANCELLED) {
      assertThat(operation.cancelled()).isTrue();
    }
  }

  private static ImportOptions options(Random random) {
    ImportOptions.Builder options = ImportOptions.builder();
    switch (random.nextInt(5)) {
      case 0 -> options.schemas(List.of(SchemaName.of("s0"), SchemaName.of("absent")));
      case 1 ->
          options.tables(
              List.of(Tables.name("s0", "t0"), Tables.name("s1", "t1"), Tables.name("s", "no")));
      case 2 -> options.exclude(List.of(TablePattern.tables("*1"), TablePattern.schemas("s1")));
      case 3 -> options.kinds(List.of(TableKind.TABLE));
      default -> options.importRelationships(false);
    }
    return options.build();
  }

  /** An adapter that does wrong at random, on several threads. */
  private static final class Wild {
    private final Random random;
    private final TestOperation own;
    private final boolean wicked;
    private final Set<TableName> promised = ConcurrentHashMap.newKeySet();

    Wild(Random random, TestOperation own) {
      this.random = random;
      this.own = own;
      this.wicked = random.nextInt(3) > 0;
    }

    private synchronized boolean chance(int oneIn) {
      return wicked && random.nextInt(oneIn) == 0;
    }

    private synchronized int below(int bound) {
      return random.nextInt(bound);
    }

    ImportEnd read(ImportSelection selection, MetadataSink sink, Operation operation)
        throws Exception {
      List<TableInfo> wanted = new ArrayList<>();
      for (int s = 0; s < 3; s++) {
        SchemaName schema = SchemaName.of("s" + s);
        if (!selection.mayInclude(schema) && !chance(4)) {
          continue;
        }
        for (int t = 0; t < 8; t++) {
          TableInfo table =
              TableInfo.of(schema.table("t" + t), t % 3 == 0 ? TableKind.VIEW : TableKind.TABLE);
          if (selection.names().map(names -> names.contains(table.name())).orElse(true)
              || chance(6)) {
            list(sink, table, wanted);
          }
        }
        if (chance(10)) {
          sink.listingFailed(schema, StandardFailures.timedOut("listing"));
        } else if (!chance(10)) {
          sink.listingComplete(schema);
        }
      }
      if (!chance(8) && !sink.proceed(ImportPlan.of(wanted.size(), 1))) {
        return new ImportEnd.Stopped();
      }
      mayBreak();
      TestAdapterContext.create()
          .parallel()
          .forEach(wanted, 1 + below(4), operation, table -> answer(sink, table));
      mayBreak();
      return chance(12)
          ? new ImportEnd.Stopped()
          : chance(12) ? new ImportEnd.Unchanged() : ImportEnd.Done.unmarked();
    }

    private void list(MetadataSink sink, TableInfo table, List<TableInfo> wanted) {
      if (chance(25)) {
        return;
      }
      for (int times = chance(10) ? 2 : 1; times > 0; times--) {
        if (sink.listed(table) == Decision.READ) {
          promised.add(table.name());
          wanted.add(table);
        } else if (chance(10)) {
          wanted.add(table);
        }
      }
    }

    private void answer(MetadataSink sink, TableInfo table) {
      if (chance(10)) {
        return;
      }
      if (chance(40)) {
        mayBreak();
      }
      for (int times = chance(8) ? 2 : 1; times > 0; times--) {
        if (below(6) == 0) {
          sink.failed(table.name(), Failure.of(StandardErrorCode.PERMISSION_DENIED, "No."));
        } else {
          TableInfo told =
              chance(15)
                  ? TableInfo.of(table.name().schema().table("surprise"), table.kind())
                  : table;
          sink.table(Tables.referring(told, Tables.name("s" + below(4), "t" + below(9))));
        }
      }
    }

    private void mayBreak() {
      if (!chance(5)) {
        return;
      }
      switch (below(5)) {
        case 0 -> throw StandardFailures.wrongCredentials().asException();
        case 1 -> throw new IllegalArgumentException("foreign");
        case 2 -> {
          own.cancel();
          own.checkpoint();
        }
        default ->
            throw Failure.of(StandardErrorCode.CONNECTION_LOST, "The connection broke.")
                .asException();
      }
    }
  }
}
