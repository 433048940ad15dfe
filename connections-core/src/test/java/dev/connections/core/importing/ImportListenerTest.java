package dev.connections.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ErrorCode;
import dev.connections.api.ImportPlan;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImportListenerTest {
  private static final ImportContext CONTEXT =
      new ImportContext("1", "Sales", "x", ImportOptions.all(), Instant.EPOCH);
  private static final ImportReport REPORT =
      ImportReport.builder(ImportReport.Status.COMPLETE, Instant.EPOCH, Instant.EPOCH).build();
  private static final TableMetadata TABLE =
      TableMetadata.builder(TableInfo.of(SchemaName.of("s").table("t"), TableKind.TABLE), Set.of())
          .build();

  private final List<String> heard = new ArrayList<>();

  private final class Target implements MetadataTarget {
    private final String name;
    private final String throwsAt;

    Target(String name, String throwsAt) {
      this.name = name;
      this.throwsAt = throwsAt;
    }

    private void hear(String what) {
      heard.add(name + " " + what);
      if (what.equals(throwsAt)) {
        throw new IllegalStateException(name + " throws at " + what);
      }
    }

    @Override
    public void begin(ImportContext context) {
      hear("begin");
    }

    @Override
    public void table(TableMetadata table) {
      hear("table");
    }

    @Override
    public void finish(ImportReport report) {
      hear("finish");
    }

    @Override
    public void close() {
      hear("close");
    }
  }

  @Test
  void targets_hear_the_import_in_order_and_are_closed() {
    ImportListener listener =
        ImportListener.into(new Target("a", "never"), new Target("b", "never"));
    listener.started(CONTEXT);
    listener.table(TABLE);
    listener.finished(REPORT);
    assertThat(heard)
        .containsExactly(
            "a begin",
            "b begin",
            "a table",
            "b table",
            "a finish",
            "a close",
            "b finish",
            "b close");
  }

  @Test
  void a_target_that_threw_is_only_closed() {
    ImportListener listener =
        ImportListener.into(new Target("a", "table"), new Target("b", "never"));
    listener.started(CONTEXT);
    assertThatThrownBy(() -> listener.table(TABLE)).hasMessage("a throws at table");
    listener.finished(REPORT);
    assertThat(heard)
        .containsExactly("a begin", "b begin", "a table", "a close", "b finish", "b close");
  }

  @Test
  void a_target_that_never_began_is_closed_too() {
    ImportListener listener =
        ImportListener.into(new Target("a", "begin"), new Target("b", "never"));
    assertThatThrownBy(() -> listener.started(CONTEXT)).hasMessage("a throws at begin");
    listener.finished(REPORT);
    assertThat(heard).containsExactly("a begin", "a close", "b close");
  }

  @Test
  void a_target_that_throws_at_the_end_keeps_no_other_from_ending() {
    ImportListener listener =
        ImportListener.into(new Target("a", "finish"), new Target("b", "close"));
    listener.started(CONTEXT);
    assertThatThrownBy(() -> listener.finished(REPORT))
        .hasMessage("a throws at finish")
        .hasSuppressedException(new IllegalStateException("b throws at close"));
    assertThat(heard)
        .containsExactly("a begin", "b begin", "a finish", "a close", "b finish", "b close");
  }

  @Test
  void a_target_needs_to_take_tables_only() {
    List<TableMetadata> taken = new ArrayList<>();
    ImportListener listener = ImportListener.into(taken::add);
    listener.started(CONTEXT);
    listener.table(TABLE);
    listener.finished(REPORT);
    assertThat(taken).containsExactly(TABLE);
  }

  @Test
  void two_listeners_hear_everything_and_both_must_agree_to_the_cost() {
    ErrorCode code = NoticeCode.TRUNCATED;
    Notice notice = Notice.of(code, new Notice.Scope.Source(), "Cut.");
    TableOutcome outcome = new TableOutcome.Unchanged(TABLE.name());
    ImportListener one = telling("a", false);
    ImportListener both = one.andThen(telling("b", true));
    both.progress(ImportProgress.NOTHING_YET);
    both.outcome(outcome);
    both.notice(notice);
    assertThat(both.proceed(ImportPlan.UNKNOWN)).isFalse();
    assertThat(telling("c", true).andThen(ImportListener.NONE).proceed(ImportPlan.UNKNOWN))
        .isTrue();
    assertThat(heard)
        .containsExactly(
            "a progress",
            "b progress",
            "a outcome",
            "b outcome",
            "a notice",
            "b notice",
            "a proceed",
            "b proceed",
            "c proceed");
  }

  private ImportListener telling(String name, boolean agrees) {
    return new ImportListener() {
      @Override
      public boolean proceed(ImportPlan plan) {
        heard.add(name + " proceed");
        return agrees;
      }

      @Override
      public void progress(ImportProgress progress) {
        heard.add(name + " progress");
      }

      @Override
      public void outcome(TableOutcome outcome) {
        heard.add(name + " outcome");
      }

      @Override
      public void notice(Notice notice) {
        heard.add(name + " notice");
      }
    };
  }
}
