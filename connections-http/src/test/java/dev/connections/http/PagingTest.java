package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestOperation;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private final HttpService service = Services.at(URI.create("https://cloud.test"));
  private final List<Integer> rows = new ArrayList<>();

  private void follow(Function<Optional<String>, Paging.Slice<Integer>> fetch) {
    Paging.follow(service, fetch, rows::addAll, TestOperation.start());
  }

  @Test
  void pages_are_followed_to_the_last_over_empty_ones() {
    follow(
        token ->
            switch (token.orElse("")) {
              case "" -> new Paging.Slice<>(List.of(1, 2), Optional.of("a"));
              case "a" -> new Paging.Slice<>(List.of(), Optional.of("b"));
              default -> new Paging.Slice<>(List.of(3), Optional.empty());
            });

    assertThat(rows).containsExactly(1, 2, 3);
  }

  @Test
  void a_token_that_comes_again_ends_the_list() {
    assertThat(
            thrownBy(
                    () ->
                        follow(
                            token ->
                                new Paging.Slice<>(
                                    List.of(rows.size()),
                                    Optional.of(rows.size() % 2 == 0 ? "a" : "b"))))
                .code())
        .isEqualTo(HttpErrorCode.PAGE_REPEATED);
    assertThat(rows).hasSizeLessThan(4);
  }

  @Test
  void a_cursor_that_is_ignored_ends_the_list() {
    int[] count = {0};

    assertThat(
            thrownBy(
                    () ->
                        follow(
                            token -> new Paging.Slice<>(List.of(1), Optional.of("t" + count[0]++))))
                .code())
        .isEqualTo(HttpErrorCode.PAGE_REPEATED);
    assertThat(rows).containsExactly(1);
  }

  @Test
  void ranges_cover_what_the_first_page_left() {
    assertThat(Paging.after(10, 25, 10))
        .containsExactly(new Paging.Range(10, 10), new Paging.Range(20, 10));
    assertThat(Paging.after(10, 10, 10)).isEmpty();
  }

  @Test
  void a_page_that_comes_again_at_another_offset_is_told() {
    PageGuard guard = new PageGuard(service);
    guard.page(0, Optional.of("a"));
    guard.page(10, Optional.empty());
    guard.page(20, Optional.of("b"));
    guard.page(20, Optional.of("b"));

    assertThat(thrownBy(() -> guard.page(30, Optional.of("a"))).code())
        .isEqualTo(HttpErrorCode.PAGE_REPEATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<https://x.test/a>;rel=\"next\"|https://x.test/a",
        "<https://x.test/a?f=b,c;d>;rel=\"first\",<https://x.test/b?f=b,c>;rel=\"next\""
            + "|https://x.test/b?f=b,c",
        "<b>; title=\"a, b\"; rel=\"prev next\"|b",
        "<b>; rel=next, <c>; rel=last|b",
        "<a>;rel=\"last\"|",
        "<a>;rel=\"nextish\"|",
        "<>|",
        "next|"
      })
  void the_next_page_is_found_in_a_link(String header, String expected) {
    assertThat(LinkHeader.next(header)).isEqualTo(Optional.ofNullable(expected).map(URI::create));
  }

  /** As long as headers may be: what looks back at each sign takes minutes, or all of the stack. */
  @Test
  void a_long_link_that_means_ill_is_read_in_one_pass() {
    for (String header :
        List.of(
            "<".repeat(250_000),
            "<a>" + ";a".repeat(120_000),
            "<a>;x=\"" + "<".repeat(250_000),
            "<a>;" + " ".repeat(250_000))) {
      assertThat(LinkHeader.next(header)).isEmpty();
    }
    assertThat(LinkHeader.next("<a>" + ";a".repeat(60_000) + ",<b>;rel=next"))
        .contains(URI.create("b"));
  }

  @Test
  void a_link_with_signs_that_no_address_has_is_made_legal() {
    assertThat(LinkHeader.next("<https://x.test/a b^c>;rel=\"next\""))
        .contains(URI.create("https://x.test/a%20b%5Ec"));
  }

  @Test
  void the_header_is_read_from_an_answer() {
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.answer(200, "Link: <a>;rel=first\r\nLink: <b>;rel=next\r\n", "{}"));
        HttpService cloud = Services.at(server.uri())) {
      Optional<URI> next =
          cloud.read("x", HttpRequest.get("a"), LinkHeader::next, TestOperation.start());

      assertThat(next).contains(URI.create("b"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "7.9, 7",
    "3600, 3600",
    "999999, 3600",
    "99999999999999999999, 3600",
    "'Thu, 01 Jan 2026 00:00:30 GMT', 30",
    "'Wed, 31 Dec 2025 23:59:00 GMT', 0",
    "'Fri, 02 Jan 2026 00:00:00 GMT', 3600"
  })
  void a_time_to_wait_is_read_in_seconds_and_as_a_date_within_bounds(String header, long seconds) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    assertThat(RetryAfter.of(header, clock)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "1e3", "2026-01-01"})
  void a_time_to_wait_that_says_nothing_is_none(String header) {
    assertThat(RetryAfter.of(header, Clock.systemUTC())).isEmpty();
  }

  @Test
  void a_list_that_brings_too_much_is_halved_until_it_does_not() {
    List<Integer> read =
        NameLists.read(
            Set.of("a", "b", "c", "d", "e"),
            names -> {
              if (names.size() > 2) {
                throw ConnectionException.of(StandardErrorCode.TOO_LARGE, "Too much.");
              }
              return names.size();
            },
            failed -> failed.is(StandardErrorCode.TOO_LARGE),
            TestOperation.start());

    assertThat(read).containsExactly(2, 1, 2);
  }

  @Test
  void a_list_that_fails_for_another_reason_or_has_one_name_is_not_halved() {
    AtomicInteger asked = new AtomicInteger();
    for (Set<String> names : List.of(Set.of("a", "b"), Set.of("a"))) {
      assertThatThrownBy(
              () ->
                  NameLists.read(
                      names,
                      list -> {
                        asked.incrementAndGet();
                        throw ConnectionException.of(StandardErrorCode.TOO_LARGE, "Too much.");
                      },
                      failed -> names.size() == 1,
                      TestOperation.start()))
          .isInstanceOf(ConnectionException.class);
    }
    assertThat(asked).hasValue(2);
  }
}
