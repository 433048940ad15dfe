package dev.connections.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.PermissionMatrix.Row;
import dev.connections.api.PermissionMatrix.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionMatrixTest {
  private static final Notice.Scope SOURCE = new Notice.Scope.Source();

  private static Row counted(long visible, long hidden) {
    return Row.counted(SOURCE, Section.COLUMNS, "tables", visible, hidden);
  }

  @Test
  void counted_rows_judge_themselves() {
    assertThat(counted(3, 0).verdict()).isEqualTo(Verdict.VISIBLE);
    assertThat(counted(0, 0).verdict()).isEqualTo(Verdict.VISIBLE);
    assertThat(counted(3, 2).verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(counted(0, 2).verdict()).isEqualTo(Verdict.HIDDEN);
  }

  @Test
  void a_matrix_is_complete_only_if_nothing_is_hidden_or_unknown() {
    Row unknown = Row.uncounted(SOURCE, Section.DEFINITION, "views", Verdict.UNKNOWN, 4);

    assertThat(new PermissionMatrix(List.of(counted(1, 0)), List.of()).complete()).isTrue();
    assertThat(new PermissionMatrix(List.of(counted(1, 1)), List.of()).complete()).isFalse();
    assertThat(new PermissionMatrix(List.of(unknown), List.of()).complete()).isFalse();
    assertThat(unknown.hidden()).isEmpty();
  }

  @Test
  void the_script_has_a_statement_per_line() {
    assertThat(new PermissionMatrix(List.of(), List.of("GRANT a", "GRANT b")).script())
        .isEqualTo("GRANT a;\nGRANT b;\n");
    assertThat(new PermissionMatrix(List.of(), List.of()).script()).isEmpty();
  }
}
