package dev.connections.filesystem.internal.listing;

import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.SchemaName;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a listing knows of a directory while it is in it or below it. */
final class DirectoryFrame {
  /** The path below the connection's directory, {@code .} for that itself. */
  final String path;

  final boolean wanted;

  /** The directory whose partitioned table this directory's files belong to, if they do. */
  final Optional<DirectoryFrame> home;

  final List<PartitionKey.Pair> pairs;

  /** Of a partition's directory, what is told with its table. */
  final LeftOut leftOut;

  final FileSetBuilder set = new FileSetBuilder();
  final List<FoundTable.SingleFile> files = new ArrayList<>();
  boolean holdsPartition;
  Optional<FoundTable.DeltaDirectory> delta = Optional.empty();
  boolean askedForLog;
  boolean hasLog;
  Optional<Failure> failure = Optional.empty();

  DirectoryFrame(
      String path, boolean wanted, Optional<DirectoryFrame> home, List<PartitionKey.Pair> pairs) {
    this.path = path;
    this.wanted = wanted;
    this.home = home;
    this.pairs = pairs;
    this.leftOut = home.map(frame -> frame.leftOut).orElseGet(LeftOut::new);
  }

  SchemaName schema() {
    return SchemaName.of(path);
  }

  String pathOf(String name) {
    return path.equals(".") ? name : path + "/" + name;
  }

  /** What goes wrong below a partition goes wrong for the table it is part of. */
  void fail(Failure why) {
    DirectoryFrame concerned = home.orElse(this);
    if (concerned.failure.isEmpty()) {
      concerned.failure = Optional.of(why);
    }
  }

  /** Tells the tables, in the order of their names, and how the listing of the directory went. */
  void tell(ListingReceiver receiver, String setName, ListingRules rules, boolean followsLinks) {
    Notice.Scope scope = new Notice.Scope.Schema(schema());
    if (delta.isPresent()) {
      tellDelta(receiver, delta.get(), rules.formats().contains(FileFormat.DELTA), scope);
    } else {
      if (rules.joined() && set.isEmpty()) {
        join();
      }
      tellTables(receiver, setName, scope);
    }
    leftOut.tell(receiver, scope, followsLinks);
    if (failure.isPresent()) {
      receiver.failed(schema(), failure.get());
    } else {
      receiver.complete(schema());
    }
  }

  /** Takes the files of the most frequent format together, if there are several. */
  private void join() {
    Map<FileFormat, Long> counts = new EnumMap<>(FileFormat.class);
    files.forEach(file -> counts.merge(file.format(), 1L, Long::sum));
    Optional<Map.Entry<FileFormat, Long>> most =
        counts.entrySet().stream().max(Map.Entry.comparingByValue());
    if (most.isEmpty() || most.get().getValue() < 2) {
      return;
    }
    FileFormat format = most.get().getKey();
    for (FoundTable.SingleFile file : files) {
      if (file.format() == format) {
        FileTime modified = FileTime.from(file.modified(), TimeUnit.MICROSECONDS);
        set.add(format, path, file.info().name().table(), List.of(), file.bytes(), modified);
      }
    }
    files.removeIf(file -> file.format() == format);
  }

  private void tellDelta(
      ListingReceiver receiver,
      FoundTable.DeltaDirectory table,
      boolean readsDelta,
      Notice.Scope scope) {
    if (readsDelta) {
      receiver.table(table);
      return;
    }
    receiver.notice(
        Notice.of(
                NoticeCode.SKIPPED,
                scope,
                "The directory '"
                    + FileFailures.shown(path)
                    + "' is a Delta table, which isn't among the connection's formats.")
            .withRemedy(
                "Its data files alone would show deleted rows, so they are left out; add delta to"
                    + " the formats."));
  }

  private void tellTables(ListingReceiver receiver, String setName, Notice.Scope scope) {
    files.sort(Comparator.comparing(file -> file.info().name().table()));
    files.forEach(receiver::table);
    if (set.isEmpty()) {
      return;
    }
    if (files.stream().anyMatch(file -> file.info().name().table().equals(setName))) {
      receiver.notice(
          Notice.of(
              NoticeCode.SKIPPED,
              scope,
              "The partitioned table of '"
                  + FileFailures.shown(path)
                  + "' is left out: a file in it has the same name."));
      return;
    }
    receiver.table(set.build(schema().table(setName)));
  }
}
