package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StatementRunner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an adapter offers besides reading metadata. */
interface FeatureContract extends AdapterUnderTest {
  /** A feature that no adapter has. */
  interface Unheard {}

  @Test
  default void an_adapter_offers_the_features_declared_and_no_other(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    Set<Class<?>> features = new HashSet<>(provider().features());
    features.addAll(
        List.of(RowPreview.class, StatementRunner.class, DirectoryBrowser.class, Unheard.class));
    Set<Class<?>> offered = new HashSet<>();
    for (Class<?> feature : features) {
      Optional<?> given = adapter.as(feature);
      if (given.isPresent()) {
        assertThat(given.get()).isInstanceOf(feature);
        offered.add(feature);
      }
    }

    assertThat(offered).as("features offered").isEqualTo(declaredFeatures());
    assertThat(provider().features()).as("features of the provider").containsAll(offered);
  }

  @Test
  default void a_preview_shows_rows_of_the_columns(AdapterTrial trial) {
    ConnectionAdapter adapter = trial.open();
    RowPreview preview = offered(adapter, RowPreview.class);
    List<String> columns =
        AdapterTrial.read(adapter, trial.table()).columns().stream().map(Column::name).toList();

    RowPreview.RowSample rows = preview.preview(trial.table(), 2, TestOperation.start());

    assertThat(rows.columns()).as("columns of the preview").isEqualTo(columns);
    assertThat(rows.rows())
        .as("rows")
        .hasSizeLessThanOrEqualTo(2)
        .allMatch(row -> row.size() == columns.size(), "of the columns' number");
    assertThat(
            AdapterTrial.failureOf(
                    "previewing an unknown table",
                    () -> preview.preview(trial.missingTable(), 1, TestOperation.start()))
                .code()
                .id())
        .isEqualTo(StandardErrorCode.NOT_FOUND.id());
  }

  @Test
  default void directories_are_listed_in_order_and_only_within_the_base(AdapterTrial trial) {
    DirectoryBrowser browser = offered(trial.open(), DirectoryBrowser.class);

    assertThat(browser.directories("", TestOperation.start()))
        .as("directories of the base")
        .isSorted()
        .doesNotHaveDuplicates();
    for (String outside : List.of("..", "../..", "/", "no_such_directory_4711")) {
      AdapterTrial.failureOf(
          "listing '" + outside + "'", () -> browser.directories(outside, TestOperation.start()));
    }
  }

  private static <T> T offered(ConnectionAdapter adapter, Class<T> feature) {
    Optional<T> offered = adapter.as(feature);
    assumeTrue(offered.isPresent(), () -> "no " + feature.getSimpleName() + " is offered");
    return offered.orElseThrow();
  }
}
