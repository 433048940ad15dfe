package dev.connections.core.store;

import dev.connections.api.Page;
import dev.connections.core.access.AccessRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.history.HistorySettings;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Past runs in memory. */
final class InMemoryRuns implements RunHistory {
  private final Function<String, AccountRows> accounts;
  private final Supplier<Collection<AccountRows>> all;

  InMemoryRuns(Function<String, AccountRows> accounts, Supplier<Collection<AccountRows>> all) {
    this.accounts = accounts;
    this.all = all;
  }

  @Override
  public boolean add(StoredRun run, HistorySettings limits) {
    AccountRows rows = accounts.apply(run.account());
    return rows.atomically(
        () -> {
          if (rows.find(run.connection()) == null) {
            return false;
          }
          Belongings belongings = rows.belongings(run.connection());
          List<StoredRun> before = belongings.runs();
          rows.onUndo(() -> belongings.runs(before));
          belongings.runs(within(limits, before, run));
          return true;
        });
  }

  private static List<StoredRun> within(
      HistorySettings limits, List<StoredRun> before, StoredRun run) {
    Instant oldest = run.finishedAt().minus(limits.age());
    Stream<StoredRun> others = before.stream().filter(kept -> kept.kind() != run.kind());
    Stream<StoredRun> latest =
        Stream.concat(before.stream(), Stream.of(run))
            .filter(kept -> kept.kind() == run.kind() && !kept.finishedAt().isBefore(oldest))
            .sorted(Comparator.comparing(RunPosition::of))
            .limit(limits.runs());
    return Stream.concat(others, latest).toList();
  }

  @Override
  public int deleteOld(Instant before, int most) {
    int deleted = 0;
    for (AccountRows rows : all.get()) {
      int left = most - deleted;
      deleted += rows.atomically(() -> deleteOld(rows, before, left));
    }
    return deleted;
  }

  private static int deleteOld(AccountRows rows, Instant before, int most) {
    int deleted = 0;
    for (StoredConnection row : rows.all()) {
      Belongings belongings = rows.belongings(row.id());
      List<StoredRun> runs = belongings.runs();
      Set<StoredRun> old =
          runs.stream()
              .filter(run -> run.finishedAt().isBefore(before))
              .limit(most - deleted)
              .collect(Collectors.toSet());
      rows.onUndo(() -> belongings.runs(runs));
      belongings.runs(runs.stream().filter(run -> !old.contains(run)).toList());
      deleted += old.size();
    }
    return deleted;
  }

  @Override
  public Page<StoredRun> list(Actor viewer, StoredRun.Kind kind, HistoryQuery<?> query) {
    Optional<RunPosition> from = query.pageToken().map(RunPosition::parse);
    Optional<String> result = query.result().map(wanted -> wanted.name().toLowerCase(Locale.ROOT));
    AccountRows rows = accounts.apply(viewer.account());
    List<StoredRun> found =
        rows.atomically(
            () ->
                rows.all().stream()
                    .filter(row -> query.connection().map(row.id()::equals).orElse(true))
                    .filter(row -> AccessRules.allows(viewer, Permission.SEE, row.ownership()))
                    .flatMap(row -> rows.belongings(row.id()).runs().stream())
                    .filter(run -> run.kind() == kind)
                    .filter(run -> result.map(run.result()::equals).orElse(true))
                    .filter(
                        run -> query.from().map(at -> !run.finishedAt().isBefore(at)).orElse(true))
                    .filter(run -> query.until().map(run.finishedAt()::isBefore).orElse(true))
                    .filter(
                        run -> from.map(at -> at.compareTo(RunPosition.of(run)) < 0).orElse(true))
                    .sorted(Comparator.comparing(RunPosition::of))
                    .limit(query.limit() + 1L)
                    .toList());
    return RunPosition.page(found, query.limit());
  }
}
