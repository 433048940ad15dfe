package dev.connections.core.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.testkit.TestOperation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetadataCacheTest {
  private final AtomicLong now = new AtomicLong();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final MetadataCache cache = cache(10_000);

  private MetadataCache cache(long weight) {
    return new MetadataCache(
        new CacheLimits(weight, Duration.ofHours(1)), background::add, now::get);
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static TenantKey<List<SchemaInfo>> key(String account, String connection, long version) {
    return new TenantKey<>(account, connection, version, 1, new CacheObject.Schemas());
  }

  private final TenantKey<List<SchemaInfo>> key = key("acme", "c", 1);

  private Fresh<List<SchemaInfo>> read() {
    return Fresh.now(
        List.of(SchemaInfo.of(SchemaName.of("s" + reads.incrementAndGet()))), Duration.ofHours(24));
  }

  private List<SchemaInfo> through(MetadataCache any, TenantKey<List<SchemaInfo>> which) {
    Supplier<Fresh<List<SchemaInfo>>> source = this::read;
    return any.find(which, source).orElseGet(() -> any.read(which, source, TestOperation.start()));
  }

  private static List<SchemaInfo> named(String name) {
    return List.of(SchemaInfo.of(SchemaName.of(name)));
  }

  @Test
  void what_was_read_is_given_again_to_its_tenant_connection_and_version_only() {
    assertThat(through(cache, key)).isEqualTo(named("s1"));
    assertThat(through(cache, key)).isEqualTo(named("s1"));
    assertThat(through(cache, key("other", "c", 1))).isEqualTo(named("s2"));
    assertThat(through(cache, key("acme", "d", 1))).isEqualTo(named("s3"));
    assertThat(through(cache, key("acme", "c", 2))).isEqualTo(named("s4"));
  }

  @Test
  void what_grows_old_is_given_once_more_and_read_again_behind_the_askers_back() {
    through(cache, key);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(through(cache, key)).isEqualTo(named("s1"));
    assertThat(through(cache, key)).isEqualTo(named("s1"));
    assertThat(background).as("it is read once").hasSize(1);
    background.remove().run();
    assertThat(through(cache, key)).isEqualTo(named("s2"));
    now.addAndGet(Duration.ofHours(24).toNanos());
    assertThat(cache.find(key, this::read)).isEmpty();
  }

  @Test
  void what_another_node_read_is_as_old_as_it_is_and_lives_as_long_as_it_has_left() {
    Fresh<List<SchemaInfo>> foreign =
        new Fresh<>(named("far"), Duration.ofMinutes(50), Duration.ofMinutes(30));
    cache.read(key, () -> foreign, TestOperation.start());
    now.addAndGet(Duration.ofMinutes(9).toNanos());
    assertThat(cache.find(key, this::read)).contains(named("far"));
    assertThat(background).isEmpty();
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(cache.find(key, this::read)).contains(named("far"));
    assertThat(background).as("an hour after it was read").hasSize(1);
    now.addAndGet(Duration.ofMinutes(20).toNanos());
    assertThat(cache.find(key, this::read)).isEmpty();
  }

  @Test
  void what_was_read_before_the_metadata_changed_is_not_found() {
    through(cache, key);
    TenantKey<List<SchemaInfo>> later =
        new TenantKey<>("acme", "c", 1, 2, new CacheObject.Schemas());
    assertThat(through(cache, later)).isEqualTo(named("s2"));
  }

  @Test
  void what_can_not_be_read_again_stays_unless_it_is_gone() {
    through(cache, key);
    now.addAndGet(Duration.ofHours(2).toNanos());
    cache.find(
        key,
        () -> {
          throw ConnectionException.of(StandardErrorCode.UNAVAILABLE, "not now");
        });
    background.remove().run();
    assertThat(cache.find(key, this::read)).contains(named("s1"));
    background.clear();
    cache.invalidate(key);
    through(cache, key);
    now.addAndGet(Duration.ofHours(2).toNanos());
    cache.find(
        key,
        () -> {
          throw StandardFailures.notFound("table", "t").asException();
        });
    background.remove().run();
    assertThat(cache.find(key, this::read)).isEmpty();
  }

  @Test
  void a_source_that_refuses_is_not_asked_again_by_every_hit() {
    through(cache, key);
    Supplier<Fresh<List<SchemaInfo>>> refusing =
        () -> {
          throw StandardFailures.wrongCredentials().asException();
        };
    now.addAndGet(Duration.ofHours(1).toNanos());
    cache.find(key, refusing);
    background.remove().run();
    for (int hit = 0; hit < 3; hit++) {
      assertThat(cache.find(key, refusing)).contains(named("s1"));
    }
    assertThat(background).isEmpty();
    now.addAndGet(Duration.ofHours(1).toNanos());
    cache.find(key, refusing);
    assertThat(background).hasSize(1);
  }

  @Test
  void a_background_that_is_closed_is_no_failure() {
    MetadataCache closing =
        new MetadataCache(
            new CacheLimits(100, Duration.ofHours(1)),
            task -> {
              throw new RejectedExecutionException();
            },
            now::get);
    through(closing, key);
    now.addAndGet(Duration.ofHours(2).toNanos());
    assertThat(through(closing, key)).isEqualTo(named("s1"));
    assertThat(closing.read(key, this::read, TestOperation.start())).isEqualTo(named("s1"));
  }

  @Test
  void one_reads_and_the_others_wait_for_him() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<List<SchemaInfo>> first =
        threads.submit(
            () ->
                cache.read(
                    key,
                    () -> {
                      reading.countDown();
                      await(goOn);
                      return read();
                    },
                    TestOperation.start()));
    reading.await();
    Future<List<SchemaInfo>> second =
        threads.submit(() -> cache.read(key, this::read, TestOperation.start()));
    assertThatThrownBy(
            () -> cache.read(key, this::read, TestOperation.within(Duration.ofMillis(20))))
        .hasMessageContaining("TIMEOUT");
    goOn.countDown();
    assertThat(first.get()).isEqualTo(named("s1"));
    assertThat(second.get()).isEqualTo(named("s1"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_failure_of_the_source_reaches_all_and_is_not_kept() {
    assertThatThrownBy(
            () ->
                cache.read(
                    key,
                    () -> {
                      throw ConnectionException.of(StandardErrorCode.UNAVAILABLE, "not now");
                    },
                    TestOperation.start()))
        .hasMessageContaining("UNAVAILABLE");
    assertThat(through(cache, key)).isEqualTo(named("s1"));
  }

  @Test
  void who_waits_reads_himself_when_the_reader_was_cancelled() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Future<List<SchemaInfo>> first =
        threads.submit(
            () ->
                cache.read(
                    key,
                    () -> {
                      reading.countDown();
                      await(goOn);
                      throw StandardFailures.cancelled().asException();
                    },
                    TestOperation.start()));
    reading.await();
    Future<List<SchemaInfo>> second =
        threads.submit(() -> cache.read(key, this::read, TestOperation.start()));
    goOn.countDown();
    assertThatThrownBy(first::get).hasMessageContaining("CANCELLED");
    assertThat(second.get()).isEqualTo(named("s1"));
  }

  @Test
  void what_is_being_read_when_it_is_invalidated_is_not_kept() {
    List<SchemaInfo> old =
        cache.read(
            key,
            () -> {
              Fresh<List<SchemaInfo>> value = read();
              cache.invalidate("acme", "c");
              return value;
            },
            TestOperation.start());
    assertThat(old).isEqualTo(named("s1"));
    assertThat(through(cache, key)).isEqualTo(named("s2"));
  }

  @Test
  void a_connection_or_everything_is_dropped() {
    through(cache, key);
    through(cache, key("acme", "d", 1));
    cache.invalidate("acme", "c");
    assertThat(cache.find(key, this::read)).isEmpty();
    assertThat(cache.find(key("acme", "d", 1), this::read)).isPresent();
    cache.clear();
    assertThat(cache.find(key("acme", "d", 1), this::read)).isEmpty();
  }

  @Test
  void the_weight_is_bounded() {
    MetadataCache small = cache(10);
    for (int i = 0; i < 100; i++) {
      through(small, key("acme", "c" + i, 1));
    }
    int kept = 0;
    for (int i = 0; i < 100; i++) {
      kept += small.find(key("acme", "c" + i, 1), this::read).isPresent() ? 1 : 0;
    }
    assertThat(kept).isPositive().isLessThanOrEqualTo(5);
  }
}
