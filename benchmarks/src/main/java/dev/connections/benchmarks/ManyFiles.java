package dev.connections.benchmarks;

import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Failure;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.testkit.TestOperation;
import dev.connections.testkit.TestSelection;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The listing of an import over 100,000 files beside a bare walk over them, and the schemas of
 * small files of three formats, one after the other on one thread.
 */
final class ManyFiles implements Case {
  private static final int FILES = 100_000;
  private static final double LISTING_GOAL = 2;
  private static final double RATE_GOAL = 1_000;

  @Override
  public String name() {
    return "many-files";
  }

  @Override
  public List<Row> measure() throws Exception {
    List<Row> rows = new ArrayList<>();
    try (SampleFiles tree = SampleFiles.tree()) {
      long bare = Timing.best(() -> walk(tree.directory()), 2, 5);
      long ours = listing(tree.directory());
      double ratio = (double) ours / bare;
      rows.add(
          new Row(
              "100,000 files in 1,000 directories: listing of an import",
              Timing.milliseconds(ours),
              "bare walk " + Timing.milliseconds(bare),
              Timing.times(ratio) + " the time",
              "≤ 2 ×",
              ratio <= LISTING_GOAL));
    }
    try (SampleFiles files = SampleFiles.orc()) {
      rows.add(rate("1,000 small ORC", files));
    }
    try (SampleFiles files = SampleFiles.xml()) {
      rows.add(rate("1,000 small XML", files));
    }
    try (SampleFiles files = SampleFiles.ndjson()) {
      rows.add(rate("1,000 small NDJSON", files));
    }
    return rows;
  }

  private static Row rate(String what, SampleFiles files) throws Exception {
    double rate = SampleFiles.COUNT / (FilesAdapters.schemaOfEach(files) / 1e9);
    return new Row(
        what + ": schema of each, on one warm thread",
        String.format(Locale.ROOT, "%,.0f /s", rate),
        "",
        "",
        "≥ 1,000 /s",
        rate >= RATE_GOAL);
  }

  private static long listing(Path directory) throws Exception {
    try (ConnectionAdapter adapter = FilesAdapters.open(FilesAdapters.values(directory))) {
      return Timing.best(
          () -> {
            Listed sink = new Listed();
            adapter.importMetadata(
                TestSelection.everything(), sink, TestOperation.within(Duration.ofMinutes(5)));
            require(sink.tables);
          },
          2,
          5);
    }
  }

  private static void walk(Path directory) throws IOException {
    int[] count = new int[1];
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            count[0]++;
            return FileVisitResult.CONTINUE;
          }
        });
    require(count[0]);
  }

  private static void require(int files) {
    if (files != FILES) {
      throw new IllegalStateException("saw " + files + " files");
    }
  }

  /** Counts what is listed and wants none of it read. */
  private static final class Listed implements MetadataSink {
    private int tables;

    @Override
    public Decision listed(TableInfo table) {
      tables++;
      return Decision.SKIP;
    }

    @Override
    public boolean proceed(ImportPlan plan) {
      return false;
    }

    @Override
    public void table(TableMetadata table) {
      throw new IllegalStateException("nothing was to be read");
    }

    @Override
    public void failed(TableName table, Failure failure) {
      throw new IllegalStateException("nothing was to be read");
    }
  }
}
