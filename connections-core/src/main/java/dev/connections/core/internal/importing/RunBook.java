package dev.connections.core.internal.importing;

import dev.connections.api.Failure;
import dev.connections.api.ForeignKey;
import dev.connections.api.MetadataSink.Decision;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.RowCount;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.importing.ExclusionRule;
import dev.connections.core.importing.SchemaListing;
import dev.connections.core.importing.TableOutcome;
import dev.connections.core.internal.importing.TableEntry.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that is known of a run: each answer of the adapter is booked here and told to the listener.
 * Every method but those of the parts that say otherwise needs the {@link #lock}: so a listener
 * hears one thing at a time, and answers that contradict each other meet here one after the other.
 */
final class RunBook {
  private static final long LARGE_TABLE = 10_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final TableFilter filter;
  private final Ledger ledger = new Ledger();
  private final Contents contents;
  private final NoticeLog notices = new NoticeLog();
  private final GuardedListener listener;
  private final ProgressMeter meter;
  private final Predicate<TableInfo> unchanged;
  private final Consumer<TableInfo> wanted;
  private final Optional<SnapshotRun> snapshot;
  private final Set<SchemaName> hiding = new HashSet<>();
  private boolean hidingAnywhere;

  RunBook(RunSetup setup, GuardedListener listener, Consumer<TableInfo> wanted) {
    this.filter = new TableFilter(setup.context.options());
    this.contents = new Contents(setup.context.options().wantedSections());
    this.listener = listener;
    this.meter = new ProgressMeter(ledger, setup.nanos);
    this.unchanged = setup.unchanged;
    this.wanted = wanted;
    this.snapshot = setup.snapshot;
  }

  ReentrantLock lock() {
    return lock;
  }

  TableFilter filter() {
    return filter;
  }

  Ledger ledger() {
    return ledger;
  }

  Contents contents() {
    return contents;
  }

  NoticeLog notices() {
    return notices;
  }

  GuardedListener listener() {
    return listener;
  }

  ProgressMeter meter() {
    return meter;
  }

  /**
   * Books the tables that the options name: they are wanted, whether the source has them or not.
   */
  void listNames() {
    for (TableName name : filter.names().orElse(Set.of())) {
      TableEntry entry = ledger.at(name);
      ledger.list(name, entry);
      filter.exclusion(name).ifPresent(rule -> exclude(name, entry, rule));
    }
    if (filter.names().isPresent()) {
      meter.expect(ledger.wanted());
    }
  }

  /** {@return the named tables whose answer is still due, if the options name tables only} */
  Optional<Set<TableName>> openNames() {
    return filter
        .names()
        .map(
            names ->
                names.stream()
                    .filter(name -> ledger.at(name).state == State.OPEN)
                    .collect(Collectors.toUnmodifiableSet()));
  }

  Decision list(TableInfo table, int attempt) {
    TableName name = table.name();
    TableEntry entry = ledger.at(name);
    if (entry.listedIn == attempt) {
      defect(Defect.LISTED_TWICE, name);
    } else if (entry.listedIn == 0) {
      decide(table, entry);
    }
    entry.listedIn = attempt;
    progress();
    return entry.state == State.OPEN ? Decision.READ : Decision.SKIP;
  }

  void take(TableMetadata table) {
    TableName name = table.name();
    TableEntry entry = ledger.at(name);
    if (entry.listedIn == 0) {
      if (entry.state == State.REFERENCED) {
        defect(Defect.ANSWERED_UNLISTED, name);
      }
      decide(table.info(), entry);
    }
    if (!isOpen(entry, name)) {
      return;
    }
    Optional<Failure> tooDeep = NestedTypes.tooDeep(table);
    if (tooDeep.isPresent()) {
      fail(name, tooDeep.get());
      return;
    }
    tellIfLarge(name, table.rowCount().map(RowCount::rows).orElse(0L));
    TableMetadata trimmed = contents.trimmed(table);
    listener.tell(hears -> hears.table(trimmed));
    ledger.end(name, entry, State.IMPORTED);
    contents.add(trimmed);
    snapshot.ifPresent(compares -> compares.table(trimmed));
    trimmed.notices().forEach(notices::add);
    for (ForeignKey key : trimmed.foreignKeys()) {
      ledger.at(key.references()).references++;
    }
    meter.answered(name);
    Duration took = Duration.ofMillis(Math.max(0, meter.millis() - entry.openedAt));
    tell(
        new TableOutcome.Imported(
            name, trimmed.columns().size(), trimmed.foreignKeys().size(), took));
    progress();
  }

  void fail(TableName name, Failure failure) {
    TableEntry entry = ledger.at(name);
    if (entry.state == State.REFERENCED) {
      defect(Defect.ANSWERED_UNLISTED, name);
      ledger.list(name, entry);
      filter.exclusion(name).ifPresent(rule -> exclude(name, entry, rule));
    }
    if (isOpen(entry, name)) {
      TableOutcome.Failed failed = bookFailed(name, entry, failure);
      meter.answered(name);
      tell(failed);
      progress();
    }
  }

  /** Books what wasn't answered, now that no answer can come; tells it as long as anyone hears. */
  void failOpen(Failure failure) {
    for (TableName name : ledger.open()) {
      TableOutcome.Failed failed = bookFailed(name, ledger.at(name), failure);
      if (listener.thrown().isEmpty()) {
        tell(failed);
      }
    }
  }

  /** Books what wasn't answered because nothing has changed. */
  void leaveOpen() {
    for (TableName name : ledger.open()) {
      ledger.end(name, ledger.at(name), State.UNCHANGED);
      tell(new TableOutcome.Unchanged(name));
    }
  }

  void listingComplete(SchemaName schema, int attempt) {
    if (filter.mayInclude(schema)) {
      ledger.include(schema);
      ledger.schema(schema).complete(attempt);
    }
  }

  void listingFailed(SchemaName schema, Failure failure, int attempt) {
    if (filter.mayInclude(schema)) {
      ledger.include(schema);
      ledger.schema(schema).failed(failure, attempt);
    }
  }

  /** Books the schemas that the options name and the source doesn't have. */
  void failMissingSchemas(int attempt) {
    List<SchemaListing> found = ledger.listings();
    for (SchemaName named : filter.wholeSchemas()) {
      if (filter.mayInclude(named)
          && found.stream().noneMatch(some -> TableFilter.means(named, some.schema()))) {
        Failure missing = StandardFailures.notFound("schema", named.display());
        listingFailed(named, missing, attempt);
      }
    }
  }

  void notice(Notice notice) {
    if (notice.code() == NoticeCode.LARGE
        && notice.scope() instanceof Notice.Scope.Table table
        && isToldLarge(table.name())) {
      return;
    }
    noteHiding(notice);
    notices.add(notice);
    listener.tell(hears -> hears.notice(notice));
  }

  private void noteHiding(Notice notice) {
    if (notice.code() == NoticeCode.HIDDEN_BY_PERMISSION) {
      if (notice.scope() instanceof Notice.Scope.Schema schema) {
        hiding.add(schema.name());
      } else if (notice.scope() instanceof Notice.Scope.Source) {
        hidingAnywhere = true;
      }
    }
  }

  /** What is to be said of a table of the snapshot, now that the run has come to its end. */
  Presence presence(TableName table, TableKind kind) {
    SchemaName schema = table.schema();
    if (ledger.find(table).filter(entry -> entry.state != State.REFERENCED).isPresent()
        || !filter.mayInclude(schema)
        || filter.exclusion(TableInfo.of(table, kind)).isPresent()
        || !ledger.wasListed(schema)) {
      return Presence.AS_IT_WAS;
    }
    return hidingAnywhere || hiding.contains(schema) ? Presence.GONE_OR_HIDDEN : Presence.GONE;
  }

  void defect(Defect defect, TableName table) {
    notices.defect(defect, Optional.of(table)).ifPresent(this::notice);
  }

  void defect(Defect defect) {
    notices.defect(defect, Optional.empty()).ifPresent(this::notice);
  }

  /** Tells the listener how far the run has come, if it is time. */
  void progress() {
    if (meter.due()) {
      listener.tell(hears -> hears.progress(meter.now()));
    }
  }

  private void decide(TableInfo table, TableEntry entry) {
    TableName name = table.name();
    if (entry.state == State.REFERENCED) {
      ledger.list(name, entry);
    }
    if (entry.state != State.OPEN) {
      return;
    }
    if (filter.mayInclude(name.schema())) {
      // Also if this very table is left out: what follows it in the schema may be wanted.
      ledger.include(name.schema());
    }
    Optional<ExclusionRule> rule = filter.exclusion(table);
    if (rule.isPresent()) {
      exclude(name, entry, rule.get());
      return;
    }
    if (unchanged.test(table)) {
      ledger.end(name, entry, State.UNCHANGED);
      tell(new TableOutcome.Unchanged(name));
      return;
    }
    entry.openedAt = meter.millis();
    wanted.accept(table);
    tellIfLarge(name, table.rowCount().orElse(0));
  }

  private void tellIfLarge(TableName name, long rows) {
    if (rows >= LARGE_TABLE) {
      notice(StandardFailures.largeTable(name, rows));
    }
  }

  private boolean isToldLarge(TableName name) {
    TableEntry entry = ledger.at(name);
    boolean told = entry.toldLarge;
    entry.toldLarge = true;
    return told;
  }

  private boolean isOpen(TableEntry entry, TableName name) {
    switch (entry.state) {
      case OPEN -> {
        return true;
      }
      case IMPORTED, FAILED -> defect(Defect.ANSWERED_TWICE, name);
      default -> defect(Defect.ANSWERED_UNWANTED, name);
    }
    return false;
  }

  private void exclude(TableName name, TableEntry entry, ExclusionRule rule) {
    ledger.end(name, entry, State.EXCLUDED);
    tell(new TableOutcome.Excluded(name, rule));
  }

  private TableOutcome.Failed bookFailed(TableName name, TableEntry entry, Failure failure) {
    TableOutcome.Failed failed = new TableOutcome.Failed(name, failure);
    ledger.end(name, entry, State.FAILED);
    contents.add(failed);
    snapshot.ifPresent(compares -> compares.failed(name));
    return failed;
  }

  private void tell(TableOutcome outcome) {
    listener.tell(hears -> hears.outcome(outcome));
  }
}
