package dev.connections.examples.quickstart;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.TestResult;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.Connections;
import dev.connections.core.ListRequest;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportLedger;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.ImportProgress;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.SchemaDrift;
import dev.connections.core.importing.TableDrift;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.targets.DatabricksDdl;
import dev.connections.core.targets.HtmlReport;
import dev.connections.core.targets.JsonSnapshot;
import dev.connections.core.targets.TargetLayout;
import dev.connections.store.jdbc.SqliteStore;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The main job of the library in one program: a stored, encrypted connection to a directory of
 * files, its test step by step, a preview, the import, and what can be made of it.
 */
public final class Quickstart {
  private static final int LONGEST_NAME = 100;

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  // Held here, for a logger that nobody holds forgets its level.
  private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

  private final Screen screen;
  private final Path directory;
  private final Path output;

  Quickstart(Screen screen, Path directory, Path output) {
    this.screen = screen;
    this.directory = directory.toAbsolutePath().normalize();
    this.output = output.toAbsolutePath().normalize();
  }

  /**
   * Imports the metadata of the files in a directory.
   *
   * @param arguments the directory with the files, and the directory for what is made of them
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println(
          "Two directories, please: the one with the files, the one for the result.");
      System.exit(2);
    }
    MIGRATIONS.setLevel(Level.WARNING);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Screen screen = new Screen(out, Boolean.getBoolean("quickstart.terminal"));
    Quickstart quickstart = new Quickstart(screen, Path.of(arguments[0]), Path.of(arguments[1]));
    System.exit(quickstart.run());
  }

  /** Returns what the process ends with: 0 if everything was imported. */
  int run() {
    try (Connections connections =
        Connections.builder()
            .store(SqliteStore.at(output.resolve("store/connections.db")))
            .keys(KeySource.localFile(output.resolve("keys/local.key")))
            .build()) {
      TenantConnections mine = connections.as(Actor.of("quickstart", "you", Role.ADMIN));
      Connection files = opened(mine);
      TestResult test = test(mine, files);
      if (!test.passed()) {
        return 1;
      }
      preview(mine, files);
      return imported(mine, files, test);
    } catch (ConnectionException e) {
      tell(e.failure());
      return 1;
    }
  }

  /** The connection of an earlier run, or a new one. */
  private Connection opened(TenantConnections mine) {
    Optional<Connection> known =
        mine.list(ConnectionFilter.all(), ListRequest.first()).items().stream()
            .filter(stored -> stored.name().equals(name()))
            .findFirst();
    if (known.isPresent()) {
      screen.say(
          "Connection '" + directory + "' was stored by an earlier run and is opened again.");
      return known.get();
    }
    Connection stored =
        mine.create(
            ConnectionDraft.of("filesystem", name()).set("base_path", directory.toString()));
    screen.say("Connection '" + stored.name() + "' is stored and encrypted.");
    return stored;
  }

  /** Names are bounded, paths hardly are: the end tells more. */
  private String name() {
    String path = directory.toString();
    return path.length() <= LONGEST_NAME
        ? path
        : "…" + path.substring(path.length() - LONGEST_NAME);
  }

  private TestResult test(TenantConnections mine, Connection files) {
    TestResult result = mine.test(files.id());
    screen.say("");
    screen.say("Test");
    for (TestResult.Step step : result.steps()) {
      screen.say(
          String.format(
              Locale.ROOT,
              "  %s %-24s %5d ms  %s",
              mark(step.status()),
              step.label(),
              step.took().toMillis(),
              step.detail().orElse("")));
      step.failure().ifPresent(this::tell);
    }
    return result;
  }

  private static String mark(TestResult.Status status) {
    return switch (status) {
      case PASSED -> "✓";
      case WARNING -> "!";
      case FAILED -> "✗";
      case SKIPPED -> "–";
    };
  }

  private void preview(TenantConnections mine, Connection files) {
    ImportPreview preview = mine.previewImport(files.id(), ImportOptions.all());
    screen.say("");
    screen.say(
        String.format(
            Locale.ROOT,
            "Preview: %s in %s, %,d left out%s",
            counted(preview.wanted(), "table", "tables"),
            counted(preview.schemas().size(), "directory", "directories"),
            preview.excludedCount(),
            preview
                .estimate()
                .map(time -> ", about " + Math.max(1, time.toSeconds()) + " s")
                .orElse("")));
  }

  private static String counted(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  private int imported(TenantConnections mine, Connection files, TestResult test) {
    Path snapshot = output.resolve("snapshot.json");
    Path ddl = output.resolve("databricks.sql");
    Path html = output.resolve("report.html");
    ImportJob job =
        mine.importMetadata(
            files.id(),
            ImportOptions.all(),
            live()
                .andThen(
                    ImportListener.into(
                        JsonSnapshot.to(snapshot),
                        DatabricksDdl.to(ddl, TargetLayout.in("main")),
                        HtmlReport.to(html).withTest(test))));
    ImportReport report = job.join();
    screen.settle();
    tell(report);
    screen.say("");
    screen.say("Snapshot        " + snapshot);
    screen.say("Databricks DDL  " + ddl);
    screen.say("Report          " + html + "  (open it in a browser)");
    return report.complete() ? 0 : 1;
  }

  private ImportListener live() {
    return new ImportListener() {
      @Override
      public void progress(ImportProgress progress) {
        String of =
            progress.total().isPresent()
                ? String.format(Locale.ROOT, " of %,d", progress.total().getAsLong())
                : "";
        String left =
            progress.timeLeft().map(time -> ", " + time.toSeconds() + " s left").orElse("");
        screen.live(
            String.format(
                Locale.ROOT,
                "Import:  %,d%s tables, %,.0f per second%s",
                progress.done() + progress.failed(),
                of,
                progress.perSecond(),
                left));
      }
    };
  }

  private void tell(ImportReport report) {
    ImportLedger ledger = report.ledger();
    screen.say(
        String.format(
            Locale.ROOT,
            "Ledger:  %,d listed = %,d imported + %,d failed + %,d left out + %,d unchanged%s",
            ledger.listed(),
            ledger.imported(),
            ledger.failed(),
            ledger.excluded(),
            ledger.unchanged(),
            ledger.balances() ? "" : "  (doesn't balance!)"));
    screen.say(
        String.format(
            Locale.ROOT,
            "         %,d columns, in %,d ms; the import is %s",
            report.columns(),
            report.took().toMillis(),
            report.status().name().toLowerCase(Locale.ROOT)));
    report.drift().ifPresent(this::tell);
    report.failure().ifPresent(this::tell);
    for (TableOutcome.Failed failed : first(report.failedTables())) {
      tell(failed.failure());
    }
    for (Notice notice : first(report.notices())) {
      screen.say("  ! " + about(notice.scope()) + notice.message());
    }
    more(report.failedTables().size() + report.moreFailedTables(), "failed tables");
    more(report.noticeCount(), "notices");
  }

  private void tell(SchemaDrift drift) {
    screen.say("");
    screen.say("Since the import of " + MINUTES.format(drift.since()) + ": " + drift.summary());
    for (TableDrift table : first(drift.tables())) {
      screen.say("  " + mark(table.kind()) + " " + table.name().display() + told(table));
      first(table.changes()).forEach(change -> screen.say("      " + change.sentence()));
    }
    more(drift.total(), "tables that are otherwise");
  }

  private static String mark(TableDrift.Kind kind) {
    return switch (kind) {
      case ADDED -> "+";
      case REMOVED -> "-";
      case CHANGED -> "~";
      case UNSEEN -> "?";
    };
  }

  private static String told(TableDrift table) {
    String kind =
        table.kind() == TableDrift.Kind.UNSEEN
            ? "removed, or hidden from this login"
            : table.kind().name().toLowerCase(Locale.ROOT);
    return "  " + kind + (table.breaking() ? ", breaking" : "");
  }

  private static String about(Notice.Scope scope) {
    if (scope instanceof Notice.Scope.Schema schema) {
      return schema.name().display() + ": ";
    }
    if (scope instanceof Notice.Scope.Table table) {
      return table.name().display() + ": ";
    }
    if (scope instanceof Notice.Scope.Column column) {
      return column.table().display() + ", " + column.column() + ": ";
    }
    return "";
  }

  private static final int SHOWN = 8;

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(SHOWN, all.size()));
  }

  private void more(long all, String what) {
    if (all > SHOWN) {
      screen.say(String.format(Locale.ROOT, "  … %,d %s in all: see the report", all, what));
    }
  }

  private void tell(Failure failure) {
    screen.say("  ✗ " + failure.message());
    failure.remedy().ifPresent(remedy -> screen.say("    → " + remedy));
  }
}
