package dev.connections.core.store;

import dev.connections.api.Page;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ListRequest;
import dev.connections.core.TestSummary;
import dev.connections.core.access.AccessRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.secrets.KeysetStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps connections in memory, as long as the process lives. Everything it hands out is immutable.
 *
 * <p>Safe for any thread: readers never wait, writers of one account take turns.
 */
public final class InMemoryConnectionStore implements ConnectionStore {
  private final ConcurrentHashMap<String, AccountRows> accounts = new ConcurrentHashMap<>();

  private final AcceptedKeys keys = new AcceptedKeys(this::keysInUse);
  private final InMemoryTokenRows tokenRows = new InMemoryTokenRows(accounts, keys);
  private final SealedRows sealedRows = new InMemorySealedRows(accounts, tokenRows);
  private final SnapshotStore snapshots = new InMemorySnapshots(this::rows);
  private final RunHistory runs = new InMemoryRuns(this::rows, accounts::values);
  private final QuotaRows quotas = new InMemoryQuotas(this::rows);

  private InMemoryConnectionStore() {}

  /** {@return an empty store} */
  public static InMemoryConnectionStore create() {
    return new InMemoryConnectionStore();
  }

  private AccountRows rows(String account) {
    return accounts.computeIfAbsent(account, unknown -> new AccountRows(keys));
  }

  private Stream<StoredConnection> all(String account) {
    AccountRows rows = accounts.get(account);
    return rows == null ? Stream.empty() : rows.all().stream();
  }

  @Override
  public <T> T atomically(String account, Supplier<T> work) {
    return rows(account).atomically(work);
  }

  @Override
  public void insert(StoredConnection row) {
    AccountRows rows = rows(row.account());
    rows.atomically(
        () -> {
          if (rows.find(row.id()) != null) {
            throw new IllegalArgumentException("the account has a connection of this id already");
          }
          rows.put(row);
          return row;
        });
  }

  @Override
  public Optional<StoredConnection> find(String account, String id) {
    AccountRows rows = accounts.get(account);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.find(id));
  }

  @Override
  public void replace(StoredConnection row, long expectedVersion) {
    AccountRows rows = rows(row.account());
    rows.atomically(
        () -> {
          StoredConnection present = rows.expect(row.id(), expectedVersion);
          rows.put(withRecordsOf(present, row));
          return row;
        });
  }

  private static StoredConnection withRecordsOf(StoredConnection present, StoredConnection row) {
    StoredConnection.Builder merged =
        row.toBuilder()
            .importSettings(present.importSettings())
            .lastImport(present.lastImport())
            .importRate(present.importRate())
            .metadataVersion(present.metadataVersion());
    return row.configurationVersion() == present.configurationVersion()
        ? merged.test(present.test()).pending(present.pending()).build()
        : merged.test(TestSummary.UNTESTED).pending(Optional.empty()).build();
  }

  @Override
  public void delete(String account, String id, long expectedVersion) {
    AccountRows rows = rows(account);
    rows.atomically(
        () -> {
          rows.remove(rows.expect(id, expectedVersion));
          return id;
        });
  }

  @Override
  public Page<StoredConnection> list(Actor viewer, ConnectionFilter filter, ListRequest request) {
    Optional<ListPosition> before = ListPosition.before(request);
    Comparator<ListPosition> order =
        request.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    List<StoredConnection> found =
        matching(viewer, filter)
            .map(row -> new Placed(ListPosition.of(row, request.sort()), row))
            .filter(row -> before.map(from -> order.compare(row.place, from) > 0).orElse(true))
            .sorted(Comparator.comparing(Placed::place, order))
            .limit(request.limit() + 1L)
            .map(Placed::row)
            .toList();
    if (found.size() <= request.limit()) {
      return new Page<>(found, Optional.empty(), OptionalLong.empty(), List.of());
    }
    List<StoredConnection> page = found.subList(0, request.limit());
    ListPosition last = ListPosition.of(page.get(page.size() - 1), request.sort());
    return new Page<>(page, Optional.of(last.token(request)), OptionalLong.empty(), List.of());
  }

  private record Placed(ListPosition place, StoredConnection row) {}

  @Override
  public long count(Actor viewer, ConnectionFilter filter) {
    return matching(viewer, filter).count();
  }

  private Stream<StoredConnection> matching(Actor viewer, ConnectionFilter filter) {
    Set<String> types =
        filter.types().stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    Optional<String> text = filter.text().map(part -> part.toLowerCase(Locale.ROOT));
    return all(viewer.account())
        .filter(row -> types.isEmpty() || types.contains(row.typeKey()))
        .filter(row -> filter.active().map(wanted -> wanted == row.active()).orElse(true))
        .filter(row -> text.map(part -> row.searchText().contains(part)).orElse(true))
        .filter(row -> filter.owner().map(row.ownership().owner()::equals).orElse(true))
        .filter(row -> filter.workspace().isEmpty() || filter.workspace().equals(row.workspace()))
        .filter(row -> AccessRules.allows(viewer, Permission.SEE, row.ownership()));
  }

  private boolean record(
      String account,
      String id,
      Predicate<StoredConnection> applies,
      UnaryOperator<StoredConnection.Builder> change) {
    AccountRows rows = rows(account);
    return rows.atomically(
        () -> {
          StoredConnection present = rows.find(id);
          if (present == null || !applies.test(present)) {
            return false;
          }
          rows.put(change.apply(present.toBuilder()).build());
          return true;
        });
  }

  @Override
  public boolean beginTest(String account, String id, PendingTest test) {
    return record(account, id, row -> true, row -> row.pending(Optional.of(test)));
  }

  @Override
  public boolean endTest(
      String account, String id, String run, long configurationVersion, TestSummary outcome) {
    abandonTest(account, id, run);
    return record(
        account,
        id,
        row -> row.configurationVersion() == configurationVersion,
        row -> row.test(outcome));
  }

  @Override
  public void abandonTest(String account, String id, String run) {
    record(
        account,
        id,
        row -> row.pending().map(pending -> pending.run().equals(run)).orElse(false),
        row -> row.pending(Optional.empty()));
  }

  @Override
  public boolean rememberImportSettings(String account, String id, String settings) {
    return record(account, id, row -> true, row -> row.importSettings(Optional.of(settings)));
  }

  @Override
  public boolean recordImport(String account, String id, Instant at, OptionalDouble rate) {
    return record(
        account,
        id,
        row -> true,
        row -> {
          row.lastImport(Optional.of(at));
          return rate.isPresent() ? row.importRate(rate) : row;
        });
  }

  @Override
  public long deleteWorkspace(String account, String workspace) {
    return deleteAll(account, row -> row.workspace().equals(Optional.of(workspace)));
  }

  @Override
  public long deleteAccount(String account) {
    return deleteAll(account, row -> true);
  }

  private long deleteAll(String account, Predicate<StoredConnection> which) {
    AccountRows rows = rows(account);
    return rows.atomically(
        () -> {
          List<StoredConnection> doomed = rows.all().stream().filter(which).toList();
          doomed.forEach(rows::remove);
          return (long) doomed.size();
        });
  }

  @Override
  public KeysetStore keyset() {
    return keys;
  }

  private Set<Long> keysInUse() {
    return sealedRows.countByKey().keySet();
  }

  @Override
  public TokenRows tokenRows() {
    return tokenRows;
  }

  @Override
  public SealedRows sealedRows() {
    return sealedRows;
  }

  @Override
  public Optional<SnapshotStore> snapshots() {
    return Optional.of(snapshots);
  }

  @Override
  public Optional<RunHistory> runs() {
    return Optional.of(runs);
  }

  @Override
  public Optional<QuotaRows> quotas() {
    return Optional.of(quotas);
  }

  /** Does nothing: the rows stay as long as the store is referred to. */
  @Override
  public void close() {}
}
