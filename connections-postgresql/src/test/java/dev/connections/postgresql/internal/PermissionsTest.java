package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.PermissionMatrix;
import dev.connections.api.PermissionMatrix.Verdict;
import dev.connections.api.PermissionReport;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.testkit.RecordingSink;
import dev.connections.testkit.RecordingSink.Event;
import dev.connections.testkit.TestOperation;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PermissionsTest {
  private static PermissionMatrix matrix(Opened opened) {
    return opened
        .adapter()
        .as(PermissionReport.class)
        .orElseThrow()
        .permissions(EnumSet.allOf(Section.class), TestOperation.start());
  }

  @Test
  void the_matrix_tells_by_schema_and_kind_what_is_hidden_and_its_script_shows_it() {
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 10);
    PostgresServer.run(
        database,
        "revoke select on many.t1, many.t2, many.t3, many.t4, many.t5 from reader",
        "create view many.v as select 1 as a",
        "create schema \"o'dd \"\" one\"",
        "create table \"o'dd \"\" one\".\"x;y\" (a int)");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      PermissionMatrix before = matrix(opened);

      assertThat(before.complete()).isFalse();
      assertThat(before.rows())
          .extracting(row -> row.object() + " " + row.verdict() + " " + row.visible())
          .containsExactly("tables PARTLY 5", "views HIDDEN 0", "tables HIDDEN 0");
      assertThat(before.rows().get(0).hidden()).hasValue(5);
      assertThat(before.grants()).hasSize(3).noneMatch(grant -> grant.contains("\"t7\""));

      PostgresServer.run(database, before.script());
      PermissionMatrix after = matrix(opened);
      assertThat(after.complete()).isTrue();
      assertThat(after.rows())
          .extracting(PermissionMatrix.Row::verdict)
          .containsOnly(Verdict.VISIBLE);
      assertThat(after.grants()).isEmpty();
      assertThat(opened.imported().tables()).hasSize(12);
    }
  }

  @Test
  void a_table_whose_right_was_taken_away_is_told_as_hidden_before_its_schema_is_complete() {
    String database = PostgresServer.newDatabase();
    PostgresServer.fill(database, 3);
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      assertThat(opened.imported().tables()).hasSize(3);
      PostgresServer.run(database, "revoke select on many.t2 from reader");

      RecordingSink sink = opened.imported();

      assertThat(sink.tables()).hasSize(2);
      List<Event> events = sink.events();
      Notice notice = sink.events(Event.Noticed.class).get(0).notice();
      assertThat(notice.code()).isEqualTo(NoticeCode.HIDDEN_BY_PERMISSION);
      assertThat(notice.scope()).isEqualTo(new Notice.Scope.Schema(SchemaName.of("many")));
      int told = indexOf(events, Event.Noticed.class);
      assertThat(told).isLessThan(indexOf(events, Event.ListingComplete.class));
    }
  }

  private static int indexOf(List<Event> events, Class<? extends Event> kind) {
    for (int i = 0; i < events.size(); i++) {
      if (kind.isInstance(events.get(i))) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void a_login_without_rights_on_the_catalog_is_told_so() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(database, "revoke select on pg_catalog.pg_class from public");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      TestResult result = opened.adapter().test(TestOperation.start());
      assertThat(result.step("authorize").orElseThrow().failure().orElseThrow().code())
          .isEqualTo(StandardErrorCode.PERMISSION_DENIED);

      ConnectionException refused =
          catchThrowableOfType(ConnectionException.class, opened::imported);
      assertThat(refused.code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
      assertThat(refused.failure().vendorCode()).contains("42501");
      assertThat(refused.failure().remedy()).isPresent();
    }
  }

  @Test
  void a_read_that_the_server_refuses_is_a_missing_right() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create schema s",
        "create table s.half (a int, b int)",
        "grant usage on schema s to reader",
        "grant select (a) on s.half to reader");
    try (Opened opened = Opened.of(PostgresServer.values(database))) {
      assertThat(opened.table("s", "half").columns()).hasSize(2);
      RowPreview preview = opened.adapter().as(RowPreview.class).orElseThrow();

      ConnectionException refused =
          catchThrowableOfType(
              ConnectionException.class,
              () -> preview.preview(SchemaName.of("s").table("half"), 1, TestOperation.start()));

      assertThat(refused.code()).isEqualTo(StandardErrorCode.PERMISSION_DENIED);
      assertThat(refused.failure().vendorCode()).contains("42501");
    }
  }
}
