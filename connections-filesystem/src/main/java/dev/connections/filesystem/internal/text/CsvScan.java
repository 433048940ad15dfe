package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.scan.ChunkBuffer;
import dev.connections.filesystem.internal.scan.ChunkScan;
import dev.connections.filesystem.internal.scan.ChunkScan.Found;
import dev.connections.filesystem.internal.scan.StreamScan;
import java.io.IOException;
import java.util.Optional;

/** Adds all rows of a file behind its head to a table. */
final class CsvScan implements ChunkScan.Chunks<CsvTable> {
  private final FileContent content;
  private final TextEncoding encoding;
  private final CsvTable table;
  private final ReadLimits limits;

  private CsvScan(FileContent content, TextEncoding encoding, CsvTable table, ReadLimits limits) {
    this.content = content;
    this.encoding = encoding;
    this.table = table;
    this.limits = limits;
  }

  /**
   * Reads a file to its end.
   *
   * @param content the file
   * @param encoding its encoding
   * @param read how many bytes behind the byte order mark the table knows already, as they are in
   *     UTF-8 where the encoding has wider characters
   * @param table gets the rows
   * @param limits on a record's length
   * @param parallel lends threads
   * @param operation deadline, cancellation and progress
   */
  static void rest(
      FileContent content,
      TextEncoding encoding,
      long read,
      CsvTable table,
      ReadLimits limits,
      Parallel parallel,
      Operation operation)
      throws IOException {
    CsvScan scan = new CsvScan(content, encoding, table, limits);
    if (content.seekable() && encoding.bytewise()) {
      ChunkScan.run(content, encoding.markLength() + read, scan, parallel, operation);
      return;
    }
    StreamScan.run(
        content,
        encoding.markLength(),
        encoding.bytewise() ? Optional.empty() : Optional.of(encoding.charset()),
        read,
        limits.largestRecord(),
        scan::tooLong,
        scan::whole,
        operation);
  }

  private RuntimeException tooLong(long position) {
    return TextFailures.longRecordAt(content.path(), position, limits.largestRecord());
  }

  private int whole(byte[] bytes, int length, boolean last) {
    TextPart part = TextPart.of(bytes, 0, length, encoding.inUtf8(), last);
    CsvTable.End end = table.readAll(part, table.records(part, 0));
    if (end.cut() && last) {
      throw TextFailures.openQuoteAt(content.path(), end.cutAt());
    }
    return end.cut() ? end.cutAt() : length;
  }

  @Override
  public void add(CsvTable found) {
    table.merge(found);
  }

  @Override
  public Found<CsvTable> read(ChunkBuffer buffer, boolean certain, long end) throws IOException {
    CsvTable found = table.further();
    int from = 0;
    if (!certain) {
      from = table.startIn(part(buffer));
      if (from < 0) {
        return new Found<>(Found.UNSURE, end, found);
      }
    }
    long first = Found.UNSURE;
    while (true) {
      Splitter records = table.records(part(buffer), from);
      int behind = from;
      boolean any = records.next();
      while (any && records.whole() && !records.open()) {
        long at = buffer.position() + records.recordStart();
        first = first == Found.UNSURE ? at : first;
        if (at >= end) {
          return new Found<>(first, at, found);
        }
        found.add(part(buffer), records);
        behind = records.position();
        any = records.next();
      }
      if (buffer.last()) {
        if (any) {
          if (certain) {
            throw TextFailures.openQuoteAt(
                content.path(), buffer.position() + records.recordStart());
          }
          return new Found<>(Found.UNSURE, end, found);
        }
        long size = buffer.position() + buffer.length();
        return new Found<>(first == Found.UNSURE ? size : first, size, found);
      }
      if (!certain) {
        return new Found<>(Found.UNSURE, end, found);
      }
      from = behind;
      readOn(buffer, behind);
    }
  }

  /** The last record is longer than the bytes there are. */
  private void readOn(ChunkBuffer buffer, int behind) throws IOException {
    int record = buffer.length() - behind;
    if (record >= limits.largestRecord()) {
      throw tooLong(buffer.position() + behind);
    }
    buffer.readOn(
        content,
        (int) Math.min(2L * buffer.length(), (long) behind + limits.largestRecord()),
        content.size());
  }

  private TextPart part(ChunkBuffer buffer) {
    return TextPart.of(buffer.bytes(), 0, buffer.length(), encoding, buffer.last());
  }
}
