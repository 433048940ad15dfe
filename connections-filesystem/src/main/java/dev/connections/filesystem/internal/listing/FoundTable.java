package dev.connections.filesystem.internal.listing;

import dev.connections.api.ChangeMarker;
import dev.connections.api.TableInfo;
import dev.connections.api.TableKind;
import dev.connections.api.TableName;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A table that was found, and what reading it needs. No file was opened for it. */
public sealed interface FoundTable {
  /** {@return the table as it is listed} */
  TableInfo info();

  /** {@return the format of its files} */
  FileFormat format();

  /** {@return how many bytes its files have together, where that is known} */
  OptionalLong size();

  /**
   * A file, or a sheet of one.
   *
   * @param info the table as it is listed
   * @param format the file's format
   * @param bytes its size
   * @param modified when it was written last, in microseconds since 1970
   * @param sheet the sheet of a workbook that the table is; absent, the file is one table
   */
  record SingleFile(
      TableInfo info, FileFormat format, long bytes, long modified, Optional<String> sheet)
      implements FoundTable {
    /** Stands between the names of a workbook and of its sheet. */
    public static final char SHEET = '#';

    /**
     * {@return a file as it is listed}
     *
     * @param name its name
     * @param format its format
     * @param size in bytes
     * @param modified when it was written last, in microseconds since 1970
     */
    public static SingleFile of(TableName name, FileFormat format, long size, long modified) {
      return new SingleFile(
          TableInfo.of(name, TableKind.FILE)
              .withChangeMarker(new ChangeMarker(size + "-" + modified)),
          format,
          size,
          modified,
          Optional.empty());
    }

    /** {@return the path of the file} */
    public RelativePath path() {
      TableName name = info.name();
      int end = name.table().length() - sheet.map(it -> it.length() + 1).orElse(0);
      return RelativePath.of(name.schema()).child(name.table().substring(0, end));
    }

    /**
     * {@return the table that a sheet of this file is}
     *
     * @param name the sheet's name
     */
    public SingleFile ofSheet(String name) {
      TableInfo own =
          TableInfo.of(info.name().schema().table(info.name().table() + SHEET + name), info.kind());
      return new SingleFile(
          info.changeMarker().map(own::withChangeMarker).orElse(own),
          format,
          bytes,
          modified,
          Optional.of(name));
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes);
    }
  }

  /**
   * A directory with a Delta log.
   *
   * @param info the table as it is listed
   */
  record DeltaDirectory(TableInfo info) implements FoundTable {
    /** A table changes by a new file in its log, which changes the log's directory. */
    static DeltaDirectory of(TableName name, long logModified) {
      TableInfo info = TableInfo.of(name, TableKind.FILE_SET);
      return new DeltaDirectory(
          logModified > 0
              ? info.withChangeMarker(new ChangeMarker("delta-" + logModified))
              : info); // object stores have no directories, and so no times of them
    }

    @Override
    public FileFormat format() {
      return FileFormat.DELTA;
    }

    /** {@return that the size is unknown: the directory also holds files that were deleted} */
    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }
  }

  /**
   * The files below a directory's {@code key=value} directories, as one table.
   *
   * @param info the table as it is listed
   * @param format the format that most of the files have
   * @param bytes the size of the files of that format
   * @param files how many files of that format there are
   * @param others how many files have another format, and aren't part of the table
   * @param partitions how many directories hold files
   * @param samples paths of some of the files, the first and the last ones in order
   * @param keys what the files are divided by, outermost first
   */
  record FileSet(
      TableInfo info,
      FileFormat format,
      long bytes,
      long files,
      long others,
      long partitions,
      List<String> samples,
      List<PartitionKey> keys)
      implements FoundTable {

    /**
     * Copies the lists.
     *
     * @param info the table as it is listed
     * @param format the format of most files
     * @param bytes the size
     * @param files how many files
     * @param others how many files of another format
     * @param partitions how many directories
     * @param samples paths of some files
     * @param keys what they are divided by
     */
    public FileSet {
      samples = List.copyOf(samples);
      keys = List.copyOf(keys);
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(bytes);
    }
  }
}
