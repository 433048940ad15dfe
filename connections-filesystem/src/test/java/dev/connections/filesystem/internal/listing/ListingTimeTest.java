package dev.connections.filesystem.internal.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.Location;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTimeTest {
  @TempDir Path directory;

  @Test
  void a_listing_that_takes_longer_than_it_may_ends_with_a_notice() throws IOException {
    Files.writeString(directory.resolve("a.csv"), "a,b\n1,2\n");

    Heard over = listed(Optional.of(Duration.ZERO));
    assertThat(over.tables).isEmpty();
    assertThat(over.notices).extracting(Notice::code).containsExactly(NoticeCode.TRUNCATED);
    assertThat(over.notices.get(0).message())
        .isEqualTo("The listing ended at the limit of 0 seconds.");
    assertThat(over.failures).hasSize(1);
    assertThat(over.failures.get(0).code()).isEqualTo(StandardErrorCode.TOO_LARGE);
    assertThat(over.failures.get(0).fields()).contains("advanced.max_seconds");

    for (Optional<Duration> enough :
        List.of(Optional.<Duration>empty(), Optional.of(Duration.ofDays(1)))) {
      Heard all = listed(enough);
      assertThat(all.tables).hasSize(1);
      assertThat(all.notices).isEmpty();
      assertThat(all.failures).isEmpty();
    }
  }

  private Heard listed(Optional<Duration> longest) throws IOException {
    BaseDirectory base =
        Location.local(directory.toString(), false, TestAdapterContext.create().egress()).open();
    ListingRules rules =
        new ListingRules(
            Set.of(FileFormat.CSV),
            Optional.empty(),
            true,
            100,
            Long.MAX_VALUE,
            64,
            longest,
            false);
    Heard heard = new Heard();
    FileWalk.all(base, rules, heard, TestOperation.start());
    return heard;
  }

  private static final class Heard implements ListingReceiver {
    private final List<FoundTable> tables = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    @Override
    public void table(FoundTable table) {
      tables.add(table);
    }

    @Override
    public void failed(SchemaName schema, Failure failure) {
      failures.add(failure);
    }

    @Override
    public void notice(Notice notice) {
      notices.add(notice);
    }
  }
}
