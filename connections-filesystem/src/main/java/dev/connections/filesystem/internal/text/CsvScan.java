package dev.connections.filesystem.internal.text;

import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.scan.ChunkBuffer;
import dev.connections.filesystem.internal.scan.ChunkScan;
import dev.connections.filesystem.internal.scan.ChunkScan.Found;
import java.io.IOException;

/** Adds all rows of a file behind its head to a table. */
final class CsvScan implements ChunkScan.Chunks<CsvTable> {
  private final ScannedText text;
  private final CsvTable table;

  private CsvScan(ScannedText text, CsvTable table) {
    this.text = text;
    this.table = table;
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
    ScannedText text = new ScannedText(content, encoding, limits);
    CsvScan scan = new CsvScan(text, table);
    text.rest(read, scan, scan::whole, parallel, operation);
  }

  private int whole(byte[] bytes, int length, boolean last) {
    TextPart part = TextPart.of(bytes, 0, length, text.encoding().inUtf8(), last);
    CsvTable.End end = table.readAll(part, table.records(part, 0));
    if (end.cut() && last) {
      throw TextFailures.openQuoteAt(text.content().path(), end.cutAt());
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
      from = table.startIn(text.part(buffer));
      if (from < 0) {
        return new Found<>(Found.UNSURE, end, found);
      }
    }
    long first = Found.UNSURE;
    while (true) {
      Splitter records = table.records(text.part(buffer), from);
      int behind = from;
      boolean any = records.next();
      while (any && records.whole() && !records.open()) {
        long at = buffer.position() + records.recordStart();
        first = first == Found.UNSURE ? at : first;
        if (at >= end) {
          return new Found<>(first, at, found);
        }
        found.add(text.part(buffer), records);
        behind = records.position();
        any = records.next();
      }
      if (buffer.last()) {
        if (any) {
          if (certain) {
            throw TextFailures.openQuoteAt(
                text.content().path(), buffer.position() + records.recordStart());
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
      text.readOn(buffer, behind);
    }
  }
}
