package dev.connections.filesystem.internal.delta;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.content.ChannelContent;
import dev.connections.filesystem.internal.delta.LogEntry.Kind;
import dev.connections.filesystem.internal.parquet.ParquetStrings;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.OpenFile;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The log of one Delta table. The table's description is in the newest version that changed it: the
 * versions behind the last checkpoint are looked at from the newest backwards, then the checkpoint,
 * and, where that can't be read, the older versions as far as they are kept.
 *
 * <p>Used by one thread.
 */
final class DeltaLog {
  /** The directory of the log within the table's own. */
  static final String DIRECTORY = "_delta_log";

  private final BaseDirectory base;
  private final RelativePath directory;
  private final ReadLimits limits;
  private final Operation operation;
  private final TreeMap<Long, LogEntry> commits = new TreeMap<>();
  private final TreeMap<Long, List<LogEntry>> checkpoints = new TreeMap<>();

  private DeltaLog(BaseDirectory base, RelativePath table, ReadLimits limits, Operation operation) {
    this.base = base;
    this.directory = table.child(DIRECTORY);
    this.limits = limits;
    this.operation = operation;
  }

  /**
   * Lists a table's log.
   *
   * @param base the connection's directory
   * @param table the table's directory
   * @param limits on what is read of each file
   * @param operation deadline and cancellation
   */
  static DeltaLog of(BaseDirectory base, RelativePath table, ReadLimits limits, Operation operation)
      throws IOException, Defect {
    DeltaLog log = new DeltaLog(base, table, limits, operation);
    log.list();
    return log;
  }

  private void list() throws IOException, Defect {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(base.directory(directory))) {
      for (Path file : files) {
        operation.checkpoint();
        Path name = file.getFileName();
        LogEntry.of(name == null ? "" : name.toString()).ifPresent(this::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (commits.isEmpty() && checkpoints.isEmpty()) {
      throw new Defect("its log has no version");
    }
    requireNoGap();
  }

  private void add(LogEntry entry) {
    if (entry.kind() == Kind.COMMIT) {
      commits.put(entry.version(), entry);
    } else {
      checkpoints.computeIfAbsent(entry.version(), unseen -> new ArrayList<>(1)).add(entry);
    }
  }

  /** Versions before the last checkpoint may have been cleaned up; one behind it is lost. */
  private void requireNoGap() throws Defect {
    long first = checkpoints.isEmpty() ? 0 : checkpoints.lastKey() + 1;
    for (long version = first; version <= version(); version++) {
      if (!commits.containsKey(version)) {
        throw new Defect("version " + version + " is missing in its log");
      }
    }
  }

  /** The table's newest version. */
  long version() {
    return Math.max(
        commits.isEmpty() ? -1 : commits.lastKey(),
        checkpoints.isEmpty() ? -1 : checkpoints.lastKey());
  }

  /** What the log says of the table. */
  DeltaMetadata metadata() throws IOException, Defect {
    long checkpoint = checkpoints.isEmpty() ? -1 : checkpoints.lastKey();
    Optional<DeltaMetadata> newest = inCommits(version(), checkpoint + 1);
    if (newest.isPresent()) {
      return newest.get();
    }
    Optional<ConnectionException> unread = Optional.empty();
    if (checkpoint >= 0) {
      try {
        Optional<DeltaMetadata> kept = inCheckpoint(checkpoints.lastEntry().getValue());
        if (kept.isPresent()) {
          return kept.get();
        }
      } catch (ConnectionException e) {
        if (e.failure().code() != StandardErrorCode.UNSUPPORTED) {
          throw e;
        }
        unread = Optional.of(e);
      }
      Optional<DeltaMetadata> older = inCommits(checkpoint, 0);
      if (older.isPresent()) {
        return older.get();
      }
    }
    if (unread.isPresent()) {
      throw cleanedUp(unread.get());
    }
    throw new Defect("its log doesn't describe the table");
  }

  /** Goes back version by version, as far as there is no gap. */
  private Optional<DeltaMetadata> inCommits(long newest, long oldest) throws IOException, Defect {
    for (long version = newest; version >= oldest; version--) {
      LogEntry commit = commits.get(version);
      if (commit == null) {
        return Optional.empty();
      }
      Optional<DeltaMetadata> found = actions(commit);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<DeltaMetadata> inCheckpoint(List<LogEntry> parts) throws IOException, Defect {
    List<LogEntry> ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparing(LogEntry::name));
    for (LogEntry part : ordered) {
      Optional<DeltaMetadata> found =
          part.kind() == Kind.JSON_CHECKPOINT ? actions(part) : parquet(part);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<DeltaMetadata> actions(LogEntry entry) throws IOException, Defect {
    try (ChannelContent content = open(entry);
        InputStream lines = content.head()) {
      return LogActions.metadata(lines, limits, operation);
    }
  }

  private Optional<DeltaMetadata> parquet(LogEntry entry) throws IOException, Defect {
    try (ChannelContent content = open(entry)) {
      ParquetStrings columns = ParquetStrings.of(content, limits);
      List<String> schema = columns.below("metaData", "schemaString");
      if (schema.isEmpty()) {
        return Optional.empty();
      }
      List<String> configuration = List.of("metaData", "configuration");
      List<String> description = columns.below("metaData", "description");
      return Optional.of(
          new DeltaMetadata(
              schema.get(0),
              columns.below("metaData", "partitionColumns"),
              description.stream().filter(text -> !text.isBlank()).findFirst(),
              pairs(columns.column(configuration, "key"), columns.column(configuration, "value"))));
    }
  }

  /** A value that is null isn't among the values, so then nobody knows which belongs to which. */
  private static Map<String, String> pairs(List<String> keys, List<String> values) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; keys.size() == values.size() && i < keys.size(); i++) {
      pairs.put(keys.get(i), values.get(i));
    }
    return pairs;
  }

  private ChannelContent open(LogEntry entry) throws IOException {
    RelativePath path = directory.child(entry.name());
    OpenFile file = base.open(path);
    return ChannelContent.of(
        FileFailures.shown(path.text()), file.channel(), file.size(), false, limits, operation);
  }

  private ConnectionException cleanedUp(ConnectionException cause) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The log of the Delta table '"
                + FileFailures.shown(directory.text())
                + "' was cleaned up, and its checkpoint can't be read. "
                + cause.failure().message())
        .withRemedy(cause.failure().remedy().orElse("Write a new version of its description."))
        .asException(cause);
  }
}
