package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OffsetPagerTest {
  private static final int ROWS = 1_000;

  private final HttpService service = Services.at(URI.create("http://127.0.0.1:1"));
  private final OffsetPager pager =
      new OffsetPager(service, TestAdapterContext.create().parallel(), 3, 100, 10);

  @AfterEach
  void close() {
    service.close();
  }

  private static String key(int row) {
    return String.format(Locale.ROOT, "%032x", row);
  }

  /** A list of a thousand rows, and what is wrong with it. */
  private static class Shelf implements OffsetPager.Source<String> {
    final List<Integer> limits = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger asked = new AtomicInteger();
    IntPredicate hidden = row -> false;
    int most = Integer.MAX_VALUE;
    boolean counts = true;

    List<Integer> rows() {
      return IntStream.range(0, ROWS).boxed().toList();
    }

    @Override
    public OffsetPage<String> page(long offset, int limit, boolean counted) {
      asked.incrementAndGet();
      limits.add(limit);
      if (limit > most) {
        throw ConnectionException.of(StandardErrorCode.TOO_LARGE, "Too much.");
      }
      List<Integer> rows = rows();
      int to = (int) Math.min(rows.size(), offset + limit);
      List<String> page =
          rows.subList((int) offset, to).stream()
              .filter(row -> !hidden.test(row))
              .map(OffsetPagerTest::key)
              .toList();
      return new OffsetPage<>(
          page,
          counted && counts ? OptionalLong.of(rows.size()) : OptionalLong.empty(),
          to < rows.size(),
          true);
    }

    @Override
    public String key(String row) {
      return row;
    }

    @Override
    public boolean asked(String row) {
      return true;
    }

    @Override
    public ConnectionException unsorted() {
      return ConnectionException.of(StandardErrorCode.UNSUPPORTED, "Not sorted.");
    }
  }

  private OffsetPager.Read<String> read(Shelf shelf) {
    return pager.read(shelf, TestOperation.start());
  }

  @Test
  void short_and_empty_pages_are_not_the_end_and_what_is_hidden_counts() {
    Shelf shelf = new Shelf();
    shelf.hidden = row -> row >= 150 && row < 450 || row % 7 == 0;
    OffsetPager.Read<String> read = read(shelf);

    assertThat(read.total()).isEqualTo(ROWS);
    assertThat(read.rows())
        .hasSize((int) IntStream.range(0, ROWS).filter(row -> !shelf.hidden.test(row)).count());
    assertThat(shelf.asked.get()).isEqualTo(10);
  }

  @Test
  void without_a_count_each_page_says_whether_there_is_another() {
    Shelf shelf = new Shelf();
    shelf.counts = false;

    assertThat(read(shelf).rows()).hasSize(ROWS);
  }

  @Test
  void pages_that_are_too_large_are_halved_and_the_size_is_remembered() {
    Shelf shelf = new Shelf();
    shelf.most = 30;
    assertThat(Set.copyOf(read(shelf).rows())).hasSize(ROWS);
    shelf.limits.clear();
    assertThat(read(shelf).rows()).hasSize(ROWS);

    assertThat(shelf.limits).containsOnly(25);
  }

  @Test
  void what_no_smaller_page_cures_ends_it() {
    Shelf shelf = new Shelf();
    shelf.most = 5;
    assertThat(thrownBy(() -> read(shelf)).code()).isEqualTo(StandardErrorCode.TOO_LARGE);
    Shelf closed =
        new Shelf() {
          @Override
          public OffsetPage<String> page(long offset, int limit, boolean counted) {
            asked.incrementAndGet();
            throw ConnectionException.of(StandardErrorCode.PERMISSION_DENIED, "No.");
          }
        };
    assertThat(thrownBy(() -> read(closed)).code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
    assertThat(closed.asked.get()).isEqualTo(1);
  }

  @Test
  void an_offset_that_is_ignored_and_an_order_that_is_are_told_apart() {
    Shelf ignoring =
        new Shelf() {
          @Override
          public OffsetPage<String> page(long offset, int limit, boolean counted) {
            return super.page(0, limit, counted);
          }
        };
    Shelf shuffling =
        new Shelf() {
          @Override
          List<Integer> rows() {
            List<Integer> rows = new ArrayList<>(super.rows());
            Collections.reverse(rows);
            return rows;
          }
        };

    assertThat(thrownBy(() -> read(ignoring)).code()).isEqualTo(HttpErrorCode.PAGE_REPEATED);
    assertThat(thrownBy(() -> read(shuffling)).code()).isEqualTo(StandardErrorCode.UNSUPPORTED);
    OffsetPage<String> any = pager.any(shuffling, TestOperation.start());
    assertThat(any.rows()).hasSize(100);
    assertThat(any.more()).isTrue();
  }

  @Test
  void an_answer_to_another_request_is_asked_for_once_more() {
    Shelf shelf =
        new Shelf() {
          @Override
          public OffsetPage<String> page(long offset, int limit, boolean counted) {
            OffsetPage<String> page = super.page(offset, limit, counted);
            return new OffsetPage<>(page.rows(), page.total(), page.more(), asked.get() != 1);
          }
        };

    assertThat(read(shelf).rows()).hasSize(ROWS);
    assertThat(shelf.asked.get()).isEqualTo(11);
  }

  @Test
  void rows_that_were_not_asked_for_are_never_taken() {
    Shelf shelf =
        new Shelf() {
          @Override
          public boolean asked(String row) {
            return row.endsWith("0");
          }
        };

    assertThat(thrownBy(() -> read(shelf)).code()).isEqualTo(HttpErrorCode.PAGE_REPEATED);
    assertThat(thrownBy(() -> pager.any(shelf, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.MALFORMED_DATA);
  }

  @Test
  void names_go_into_lists_of_a_number_and_a_length() {
    List<String> names = IntStream.range(0, 100).mapToObj(i -> "name_" + (100 + i)).toList();

    assertThat(NameLists.of(names, 30, 10_000))
        .extracting(Set::size)
        .containsExactly(30, 30, 30, 10);
    assertThat(NameLists.of(names, 1_000, 110)).extracting(Set::size).containsOnly(10);
    assertThat(NameLists.of(List.of("a".repeat(50), "b"), 10, 20)).hasSize(2);
    assertThat(NameLists.of(List.of(), 10, 20)).isEmpty();
    assertThat(NameLists.halves(Set.of("c", "a", "b")))
        .containsExactly(Set.of("a"), Set.of("b", "c"));
  }

  @Test
  void the_first_rows_are_read_over_hidden_ones_and_by_halves_where_that_is_too_much() {
    Shelf shelf = new Shelf();
    shelf.hidden = row -> row < 150;
    shelf.most = 60;

    OffsetPager.First<String> first = pager.first(shelf, 70, TestOperation.start());
    assertThat(first.rows()).hasSize(70).startsWith(key(150)).endsWith(key(219));
    assertThat(first.more()).isTrue();
    assertThat(shelf.limits.subList(0, 2)).containsExactly(71, 35);

    assertThat(pager.first(new Shelf(), ROWS, TestOperation.start()).more()).isFalse();
  }

  @Test
  void where_all_rows_are_hidden_few_pages_are_looked_at_and_more_is_not_denied() {
    Shelf shelf = new Shelf();
    shelf.hidden = row -> true;
    OffsetPager small = new OffsetPager(service, TestAdapterContext.create().parallel(), 1, 4, 1);

    OffsetPager.First<String> first = small.first(shelf, 1, TestOperation.start());
    assertThat(first.rows()).isEmpty();
    assertThat(first.more()).isTrue();
    assertThat(shelf.limits).hasSize(20).startsWith(2, 4, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {OffsetPager.MOST_ROWS + 1, 999_999_999_999L, Long.MAX_VALUE})
  void a_count_that_nobody_can_read_is_too_large_and_asks_for_no_page(long count) {
    Shelf shelf =
        new Shelf() {
          @Override
          public OffsetPage<String> page(long offset, int limit, boolean counted) {
            OffsetPage<String> page = super.page(offset, limit, counted);
            return new OffsetPage<>(page.rows(), OptionalLong.of(count), true, true);
          }
        };

    assertThat(thrownBy(() -> pager.read(shelf, TestOperation.start())).code())
        .isEqualTo(StandardErrorCode.TOO_LARGE);
    assertThat(shelf.asked).hasValue(1);
  }
}
