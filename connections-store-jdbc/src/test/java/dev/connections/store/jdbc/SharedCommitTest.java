package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.store.StoredConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers who wait for their turn to write share a commit, and notice nothing of each other. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SharedCommitTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final AtomicInteger commits = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private SqliteFile file;
  private Turns turns;
  private Writer writer;

  @BeforeEach
  void open() {
    file = new SqliteFile(directory.resolve("connections.db"), new Patience(LONG), 0);
    SqliteStore.open(file).close();
    reopen();
  }

  private void reopen() {
    turns = new Turns(file.patience());
    writer = new Writer(file, commits::incrementAndGet, turns);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    writer.close();
  }

  private static int insert(Session session, String name) throws SQLException {
    ConnectionRows.insert(session, Rows.row("acme", name));
    return 1;
  }

  private List<String> names() throws SQLException {
    try (Session session = file.openToRead()) {
      return session.list(
          "SELECT name FROM connections WHERE account_id = 'acme' ORDER BY name",
          List.of(),
          row -> row.getString(1));
    }
  }

  /** One who has the turn until he is let go. */
  private final class First {
    private final CountDownLatch let = new CountDownLatch(1);
    private final Future<Integer> end;

    First(Session.Work<Integer> work) {
      this(work, () -> {});
    }

    First(Session.Work<Integer> work, Runnable then) {
      CountDownLatch within = new CountDownLatch(1);
      end =
          threads.submit(
              () ->
                  writer.transact(
                      session -> {
                        int result = work.in(session);
                        within.countDown();
                        awaited(let);
                        then.run();
                        return result;
                      },
                      true));
      awaited(within);
    }

    int letGo() {
      let.countDown();
      return got(end);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One more who waits; they wait in the order of the calls. */
  private Future<Integer> next(boolean shares, Session.Work<Integer> work) {
    int before = turns.waiting();
    Future<Integer> end = threads.submit(() -> writer.transact(work, shares));
    long deadline = System.nanoTime() + LONG.toNanos();
    while (turns.waiting() == before && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
    assertThat(turns.waiting()).isEqualTo(before + 1);
    return end;
  }

  private Future<Integer> next(Session.Work<Integer> work) {
    return next(true, work);
  }

  private static <T> T got(Future<T> end) {
    try {
      return end.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failed(Future<Integer> end) throws Exception {
    try {
      end.get(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    }
    throw new AssertionError("it didn't fail");
  }

  @Test
  void those_who_wait_are_kept_by_one_commit() throws Exception {
    First first = new First(session -> insert(session, "0"));
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 1; i < 8; i++) {
      String name = Integer.toString(i);
      others.add(next(session -> insert(session, name)));
    }
    first.letGo();
    for (Future<Integer> other : others) {
      assertThat(got(other)).isEqualTo(1);
    }
    assertThat(commits).hasValue(1);
    assertThat(names()).hasSize(8);
  }

  @Test
  void one_commit_keeps_the_work_of_so_many_and_no_more() throws Exception {
    First first = new First(session -> insert(session, "first"));
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < SharedCommit.MOST_MEMBERS; i++) {
      String name = Integer.toString(i);
      others.add(next(session -> insert(session, name)));
    }
    first.letGo();
    for (Future<Integer> other : others) {
      got(other);
    }
    assertThat(commits).hasValue(2);
    assertThat(names()).hasSize(SharedCommit.MOST_MEMBERS + 1);
  }

  @Test
  void nobody_is_answered_before_the_commit_nor_seen_by_others() throws Exception {
    First first = new First(session -> insert(session, "first"));
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch let = new CountDownLatch(1);
    Future<Integer> second =
        next(
            session -> {
              within.countDown();
              awaited(let);
              return insert(session, "second");
            });
    first.let.countDown();
    awaited(within);
    assertThatThrownBy(() -> first.end.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(names()).isEmpty();
    let.countDown();
    assertThat(first.letGo()).isEqualTo(1);
    assertThat(got(second)).isEqualTo(1);
    assertThat(names()).containsExactly("first", "second");
  }

  @Test
  void what_fails_is_undone_alone() throws Exception {
    First first = new First(session -> insert(session, "a"));
    Future<Integer> thrower =
        next(
            session -> {
              insert(session, "b");
              throw new IllegalStateException("no");
            });
    Future<Integer> repeater =
        next(
            session -> {
              insert(session, "c");
              return session.update("INSERT INTO connections (account_id) VALUES ('acme')");
            });
    Future<Integer> last = next(session -> insert(session, "d"));
    first.letGo();
    assertThat(failed(thrower)).isInstanceOf(IllegalStateException.class).hasMessage("no");
    assertThat(failed(repeater)).isInstanceOf(ConnectionException.class);
    assertThat(got(last)).isEqualTo(1);
    assertThat(names()).containsExactly("a", "d");
    assertThat(commits).hasValue(1);
  }

  @Test
  void where_the_first_fails_the_others_begin_anew() throws Exception {
    First first =
        new First(
            session -> insert(session, "a"),
            () -> {
              throw new IllegalStateException("no");
            });
    Future<Integer> second = next(session -> insert(session, "b"));
    Future<Integer> same = next(session -> insert(session, "a"));
    first.let.countDown();
    assertThat(failed(first.end)).isInstanceOf(IllegalStateException.class);
    got(second);
    got(same);
    assertThat(names()).containsExactly("a", "b");
    assertThat(commits).hasValue(1);
  }

  @Test
  void a_commit_that_fails_has_failed_for_all_and_keeps_nothing() throws Exception {
    First first = new First(session -> insert(session, "a"));
    Future<Integer> spoiler =
        next(
            session -> {
              session.run("PRAGMA defer_foreign_keys = ON"); // refused by the commit, not here
              return session.update(
                  "INSERT INTO quota_counters (account_id, connection_id, name, seen_at)"
                      + " VALUES ('acme', 'nobody', 'x', 'x')");
            });
    Future<Integer> last = next(session -> insert(session, "c"));
    first.let.countDown();
    List<Throwable> all = List.of(failed(first.end), failed(spoiler), failed(last));
    assertThat(all)
        .doesNotHaveDuplicates()
        .allSatisfy(
            thrown ->
                assertThat(thrown)
                    .isInstanceOfSatisfying(
                        ConnectionException.class,
                        failure -> {
                          assertThat(failure.is(StandardErrorCode.UNAVAILABLE)).isTrue();
                          assertThat(failure.failure().vendorCode())
                              .contains("SQLITE_CONSTRAINT_FOREIGNKEY");
                        }));
    assertThat(commits).hasValue(0);
    assertThat(names()).isEmpty();
    assertThat(writer.<Integer>transact(session -> insert(session, "d"), true)).isEqualTo(1);
    assertThat(names()).containsExactly("d");
  }

  /** As SQLite does where the disk fails in the middle. */
  @Test
  void where_one_loses_the_whole_transaction_all_hear_that_theirs_is_lost() throws Exception {
    First first = new First(session -> insert(session, "a"));
    Future<Integer> loser =
        next(
            session -> {
              insert(session, "b");
              session.run("ROLLBACK");
              throw new IllegalStateException("lost");
            });
    Future<Integer> last = next(session -> insert(session, "c"));
    first.let.countDown();
    assertThat(failed(first.end)).isInstanceOf(ConnectionException.class);
    assertThat(failed(loser)).isInstanceOf(ConnectionException.class);
    assertThat(got(last)).isEqualTo(1);
    assertThat(names()).containsExactly("c");
  }

  @Test
  void nobody_waits_for_the_end_of_work_that_takes_long() throws Exception {
    First first = new First(session -> insert(session, "a"));
    Future<Integer> taking =
        next(
            false,
            session -> {
              assertThat(got(first.end)).isEqualTo(1); // answered while this one is at work
              return insert(session, "b");
            });
    Future<Integer> last = next(session -> insert(session, "c"));
    first.let.countDown();
    got(taking);
    got(last);
    assertThat(commits).hasValue(3);
    assertThat(names()).containsExactly("a", "b", "c");
  }

  @Test
  void who_gives_up_waiting_is_not_waited_for() throws Exception {
    Turns impatient = new Turns(new Patience(Duration.ofMillis(1)));
    assertThat(impatient.take(true)).isTrue();
    assertThat(threads.submit(() -> impatient.take(true)).get()).isFalse();
    assertThat(impatient.passOn()).isFalse();
    assertThat(impatient.isMine()).isTrue();
    impatient.end();
    assertThat(threads.submit(() -> impatient.take(true)).get()).isTrue();
    assertThat(impatient.isMine()).isFalse();
  }

  @Test
  void what_was_answered_is_there_and_what_failed_is_not_in_whatever_company() throws Exception {
    writer.close();
    file = new SqliteFile(file.path(), file.patience(), 250); // full after some hundred rows
    reopen();
    Set<String> answered = ConcurrentHashMap.newKeySet();
    Set<String> refused = ConcurrentHashMap.newKeySet();
    List<Future<Boolean>> writers = new ArrayList<>();
    for (int w = 0; w < 8; w++) {
      int number = w;
      Random random = new Random(w);
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 60; i++) {
                  String name = number + "/" + i;
                  boolean fails = random.nextInt(4) == 0;
                  String description = "x".repeat(random.nextInt(6000));
                  try {
                    writer.transact(
                        session -> {
                          ConnectionRows.insert(session, large(name, description));
                          if (fails) {
                            throw new IllegalStateException("no");
                          }
                          return 1;
                        },
                        true);
                    answered.add(name);
                  } catch (ConnectionException | IllegalStateException e) {
                    refused.add(name);
                  }
                }
                return true;
              }));
    }
    for (Future<Boolean> each : writers) {
      assertThat(got(each)).isTrue();
    }
    assertThat(names()).containsExactlyInAnyOrderElementsOf(answered);
    assertThat(answered.size() + refused.size()).isEqualTo(480);
    assertThat(answered).hasSizeGreaterThan(50);
    assertThat(refused).hasSizeGreaterThan(150); // the disk, besides one in four
  }

  private static StoredConnection large(String name, String description) {
    return Rows.row("acme", name).toBuilder().description(Optional.of(description)).build();
  }
}
