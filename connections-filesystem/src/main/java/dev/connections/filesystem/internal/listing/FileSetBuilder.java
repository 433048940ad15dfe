package dev.connections.filesystem.internal.listing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.FileFormat;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Collects the files of one partitioned table. It keeps totals and a few paths, so a table of a
 * million files takes no more memory than one of ten, and the same files give the same table in
 * whatever order they come.
 */
final class FileSetBuilder {
  /** Files whose schema is read: so many from the beginning and from the end. */
  private static final int SAMPLES_AT_EACH_END = 3;

  private final Map<FileFormat, Part> parts = new EnumMap<>(FileFormat.class);
  private final Map<String, Key> keys = new LinkedHashMap<>();
  private long files;
  private long partitions;

  /** The files of one format. */
  private static final class Part {
    private long files;
    private long size;
    private long fingerprint;
    private final TreeSet<String> first = new TreeSet<>();
    private final TreeSet<String> last = new TreeSet<>();
  }

  /** The values of one key. */
  private static final class Key {
    private Optional<TypeKind> kind = Optional.empty();
    private boolean absent;
    private long files;
  }

  void add(
      FileFormat format,
      String directory,
      String name,
      List<PartitionKey.Pair> pairs,
      long size,
      FileTime modified) {
    Part part = parts.computeIfAbsent(format, unseen -> new Part());
    String path = directory.equals(".") ? name : directory + "/" + name;
    files++;
    part.files++;
    part.size += size;
    part.fingerprint += mixed(path.hashCode(), size, modified.toMillis());
    part.first.add(path);
    part.last.add(path);
    if (part.first.size() > SAMPLES_AT_EACH_END) {
      part.first.pollLast();
      part.last.pollFirst();
    }
    for (PartitionKey.Pair pair : pairs) {
      Key key = keys.computeIfAbsent(pair.key(), unseen -> new Key());
      key.files++;
      if (pair.value().isPresent()) {
        TypeKind kind = PartitionKey.kindOf(pair.value().get());
        key.kind = Optional.of(key.kind.map(k -> PartitionKey.common(k, kind)).orElse(kind));
      } else {
        key.absent = true;
      }
    }
  }

  /** Says that a directory with files was seen to its end. */
  void partition() {
    partitions++;
  }

  /** Sums of well-mixed numbers are equal for equal sets of files and hardly for others. */
  private static long mixed(long path, long size, long modified) {
    long mixed = path * 0x9E3779B97F4A7C15L + size * 0xC2B2AE3D27D4EB4FL + modified;
    mixed = (mixed ^ (mixed >>> 31)) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 29);
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  FoundTable.FileSet build(TableName name) {
    FileFormat format = FileFormat.CSV;
    long most = -1;
    for (Map.Entry<FileFormat, Part> entry : parts.entrySet()) {
      if (entry.getValue().files > most) {
        most = entry.getValue().files;
        format = entry.getKey();
      }
    }
    Part part = parts.getOrDefault(format, new Part());
    TreeSet<String> samples = new TreeSet<>(part.first);
    samples.addAll(part.last);
    List<PartitionKey> columns = new ArrayList<>();
    keys.forEach(
        (key, values) ->
            columns.add(
                new PartitionKey(
                    key,
                    values.kind.orElse(TypeKind.STRING),
                    values.absent || values.files < files)));
    TableInfo info =
        TableInfo.of(name, TableKind.FILE_SET)
            .withChangeMarker(
                new ChangeMarker(
                    part.files + "-" + part.size + "-" + Long.toHexString(part.fingerprint)));
    return new FoundTable.FileSet(
        info,
        format,
        part.size,
        part.files,
        files - part.files,
        partitions,
        new ArrayList<>(samples),
        columns);
  }
}
