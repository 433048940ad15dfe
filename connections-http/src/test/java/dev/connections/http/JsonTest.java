package dev.connections.http;

import static dev.connections.http.Services.thrownBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.CallLimits;
import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonTest {
  private static final String PAGE =
      "{\"next\":\"t1\",\"result\":[{\"name\":\"ä\",\"n\":1},{\"name\":\"b\",\"n\":2}],\"more\":true}";

  private static JsonPage<String> page(HttpService service) {
    return service.write(
        "page",
        HttpRequest.get("a"),
        answer -> JsonPage.read(answer, "result", row -> row.text("name").orElse("")),
        TestOperation.start());
  }

  @Test
  void a_page_has_rows_and_what_stands_beside_them() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(PAGE));
        HttpService service = Services.at(server.uri())) {
      JsonPage<String> page = page(service);

      assertThat(page.found()).isTrue();
      assertThat(page.rows()).containsExactly("ä", "b");
      assertThat(page.rest().text("next")).contains("t1");
      assertThat(page.rest().flag("more")).contains(true);
    }
  }

  @Test
  void a_page_cut_at_any_byte_gives_no_row() {
    byte[] whole = PAGE.getBytes(StandardCharsets.UTF_8);
    AtomicReference<String> cut = new AtomicReference<>("");
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) ->
                    wire.bytes(
                        ScriptedServer.whole(
                            200, "", cut.get().getBytes(StandardCharsets.ISO_8859_1))));
        HttpService service = Services.at(server.uri())) {
      for (int length = 0; length < whole.length; length++) {
        cut.set(new String(whole, 0, length, StandardCharsets.ISO_8859_1));
        assertThat(thrownBy(() -> page(service)).code())
            .as("cut after %s bytes", length)
            .isEqualTo(StandardErrorCode.MALFORMED_DATA);
      }
    }
  }

  @Test
  void a_connection_that_breaks_at_any_byte_gives_no_row() {
    byte[] whole =
        ScriptedServer.whole(
            200, "Content-Type: application/json\r\n", PAGE.getBytes(StandardCharsets.UTF_8));
    AtomicReference<Integer> length = new AtomicReference<>(0);
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.bytes(java.util.Arrays.copyOf(whole, length.get()));
                  wire.hangUp();
                });
        HttpService service = Services.at(server.uri())) {
      for (int cut = 0; cut < whole.length; cut++) {
        length.set(cut);
        assertThat(thrownBy(() -> page(service)).code().id())
            .as("broken after %s bytes", cut)
            .isIn("CONNECTION_LOST", "WRONG_PROTOCOL");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{} x",
        "{}{}",
        "{\"result\":[1]}",
        "{\"result\":[[]]}",
        "{\"result\":[{}],}",
        "{\"a\":NaN}",
        "<html>"
      })
  void what_is_not_a_page_is_malformed(String body) {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(body));
        HttpService service = Services.at(server.uri())) {
      assertThat(thrownBy(() -> page(service)).code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
    }
  }

  @Test
  void nesting_without_end_is_too_large_to_read() {
    String deep = "{\"a\":".repeat(5_000);
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(deep));
        HttpService service = Services.at(server.uri())) {
      assertThat(thrownBy(() -> page(service)).code()).isEqualTo(StandardErrorCode.TOO_LARGE);
    }
  }

  /** Two bytes of text take over a hundred in memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        "{\"a\":[[],[],[],[],[],[],[],[],[],[]]}",
        "{\"a\":\"\",\"b\":\"\",\"c\":\"\",\"d\":\"\"}"
      })
  void small_values_without_number_are_too_large_long_before_their_text_is(String row) {
    AtomicInteger rows = new AtomicInteger();
    byte[] many =
        (row + ",").repeat((1 << 20) / (row.length() + 1) - 10).getBytes(StandardCharsets.UTF_8);
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> {
                  wire.raw("HTTP/1.1 200 x\r\nConnection: close\r\n\r\n{\"result\":[");
                  wire.bytes(many);
                  wire.raw(row + "]}");
                  wire.hangUp();
                });
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      ConnectionException thrown =
          thrownBy(
              () ->
                  service.write(
                      "page",
                      HttpRequest.get("a"),
                      answer ->
                          JsonPage.read(
                              answer,
                              "result",
                              read -> {
                                rows.incrementAndGet();
                                return read;
                              }),
                      TestOperation.start()));

      assertThat(thrown.code()).isEqualTo(StandardErrorCode.TOO_LARGE);
      assertThat(rows.get() * (row.length() + 1))
          .as("bytes of text that were taken in")
          .isLessThan(600_000);
    }
  }

  @Test
  void rows_of_values_are_bounded_too() {
    String many = "[1,2],".repeat(100_000);
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.json("{\"rows\":[" + many + "[1,2]]}"));
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      assertThat(
              thrownBy(
                      () ->
                          service.write(
                              "rows",
                              HttpRequest.get("a"),
                              answer -> JsonRows.read(answer, "rows", JsonRows.Row::size),
                              TestOperation.start()))
                  .code())
          .isEqualTo(StandardErrorCode.TOO_LARGE);
    }
  }

  @Test
  void a_page_of_rows_as_services_send_them_is_read_up_to_half_of_the_limit_and_more() {
    StringBuilder page = new StringBuilder("{\"result\":[");
    int rows = 0;
    for (; page.length() < 600_000; rows++) {
      page.append(
          "{\"sys_id\":\"0123456789abcdef0123456789abcdef\",\"name\":\"u_a_table_of_theirs\","
              + "\"element\":\"u_a_column\",\"active\":\"true\",\"read_only\":\"false\"},");
    }
    String whole = page.append("{}]}").toString();
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(whole));
        HttpService service =
            Services.with(HttpSettings.of("Cloud", server.uri()).withLargestAnswer(1 << 20))) {
      assertThat(page(service).rows()).hasSize(rows + 1);
    }
  }

  @Test
  void a_member_of_another_kind_is_not_the_page_and_is_kept() {
    try (ScriptedServer server =
            ScriptedServer.plain((request, wire) -> wire.json("{\"result\":\"cancelled\"}"));
        HttpService service = Services.at(server.uri())) {
      JsonPage<String> page = page(service);

      assertThat(page.found()).isFalse();
      assertThat(page.rest().text("result")).contains("cancelled");
    }
  }

  @Test
  void why_an_answer_was_cut_can_be_looked_up_in_its_end() {
    String broken = "{\"result\":[{}," + " ".repeat(20_000) + "}] Transaction cancelled";
    List<String> closing = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(broken));
        HttpService service = Services.at(server.uri())) {
      service.write(
          "page",
          HttpRequest.get("a"),
          answer -> {
            try {
              return JsonPage.read(answer, "result", row -> row).rows().size();
            } catch (IOException malformed) {
              closing.add(answer.closing());
              return 0;
            }
          },
          TestOperation.start());
    }
    assertThat(closing.get(0)).hasSize(8 << 10).endsWith("Transaction cancelled");
  }

  @Test
  void an_object_is_read_leniently_and_loses_no_digit() throws IOException {
    JsonObject object =
        JsonObject.parse(
            "{\"n\":12345678901234567890.123456789,\"i\":\"42\",\"f\":\"TRUE\",\"z\":null,"
                + "\"o\":{\"x\":1},\"l\":[{\"a\":1},2,\"t\",null,[3]],\"x\":\"abc\",\"d\":1.5}");

    assertThat(object.text("n")).contains("12345678901234567890.123456789");
    assertThat(object.number("i")).hasValue(42);
    assertThat(object.number("x")).isEmpty();
    assertThat(object.number("d")).isEmpty();
    assertThat(object.flag("f")).contains(true);
    assertThat(object.flag("x")).isEmpty();
    assertThat(object.text("z")).isEmpty();
    assertThat(object.text("o")).isEmpty();
    assertThat(object.object("o").flatMap(o -> o.text("x"))).contains("1");
    assertThat(object.objects("l")).hasSize(1);
    assertThat(object.objects("o")).hasSize(1);
    assertThat(object.objects("x")).isEmpty();
    assertThat(object.texts("l")).containsExactly("2", "t");
    assertThat(object.names()).containsExactly("n", "i", "f", "o", "l", "x", "d");
    assertThat(object.object("l")).isEqualTo(Optional.empty());
    assertThat(object).hasToString("JsonObject[n, i, f, o, l, x, d]");
  }

  @Test
  void a_text_that_holds_an_object_is_read_and_anything_else_is_refused() throws IOException {
    assertThat(JsonObject.parse("{\"name\":\"größe\",\"n\":1}").text("name")).contains("größe");
    for (String wrong : new String[] {"", "[]", "1", "{", "{} {}", "{oops}"}) {
      assertThatThrownBy(() -> JsonObject.parse(wrong)).as(wrong).isInstanceOf(IOException.class);
    }
  }

  private static final String TABLE =
      "{\"state\":\"ok\",\"result\":{\"n\":1,\"data\":[[\"ä\",null,2],[{\"x\":[1]}],[]]},\"last\":true}";

  private static JsonRows<JsonRows.Row> table(HttpService service) {
    return service.write(
        "table",
        HttpRequest.get("a"),
        answer -> JsonRows.read(answer, "data", row -> row),
        TestOperation.start());
  }

  @Test
  void rows_that_are_arrays_are_found_at_any_depth_and_keep_their_nulls() {
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(TABLE));
        HttpService service = Services.at(server.uri())) {
      JsonRows<JsonRows.Row> table = table(service);

      assertThat(table.found()).isTrue();
      assertThat(table.rows()).hasSize(3);
      JsonRows.Row first = table.rows().get(0);
      assertThat(first.size()).isEqualTo(3);
      assertThat(List.of(first.text(0), first.text(1), first.text(2), first.text(3)))
          .containsExactly(Optional.of("ä"), Optional.empty(), Optional.of("2"), Optional.empty());
      assertThat(table.rows().get(1).text(0)).contains("{\"x\":[1]}");
      assertThat(table.rest().text("state")).contains("ok");
      assertThat(table.rest().flag("last")).contains(true);
      assertThat(table.rest().object("result").orElseThrow().names()).containsExactly("n");
    }
  }

  @Test
  void rows_cut_at_any_byte_and_rows_that_are_no_arrays_are_malformed() {
    byte[] whole = TABLE.getBytes(StandardCharsets.UTF_8);
    AtomicReference<byte[]> body = new AtomicReference<>(whole);
    try (ScriptedServer server =
            ScriptedServer.plain(
                (request, wire) -> wire.bytes(ScriptedServer.whole(200, "", body.get())));
        HttpService service = Services.at(server.uri())) {
      for (int length = 0; length < whole.length; length++) {
        body.set(java.util.Arrays.copyOf(whole, length));
        assertThat(thrownBy(() -> table(service)).code())
            .as("cut at %s", length)
            .isIn(StandardErrorCode.MALFORMED_DATA, StandardErrorCode.CONNECTION_LOST);
      }
      body.set("{\"data\":[1]}".getBytes(StandardCharsets.UTF_8));
      assertThat(thrownBy(() -> table(service)).code()).isEqualTo(StandardErrorCode.MALFORMED_DATA);
    }
  }

  @Test
  void a_part_of_a_service_may_keep_limits_of_its_own() {
    TestAdapterContext context = TestAdapterContext.create();
    try (ScriptedServer server = ScriptedServer.plain((request, wire) -> wire.json(PAGE));
        HttpService service =
            HttpService.open(
                HttpSettings.of("Cloud", server.uri()), CallLimits.parallel(4), context)) {
      assertThat(page(service.limited(CallLimits.parallel(1).withSharedBudget("store"))).rows())
          .hasSize(2);
    }
  }
}
