package dev.connections.core.internal.importing;

import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJson;
import dev.connections.core.internal.json.TableJsonReader;
import dev.connections.core.store.StoredTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * A table as a snapshot keeps it: a byte that says which form it is, then JSON, deflated. What
 * changes without anybody changing the table, such as its row count, is left out: so a table that
 * is as it was has the same bytes.
 */
final class SnapshotForm {
  private static final byte VERSION = 1;
  private static final int LARGEST = 64 << 20;

  /** What is compared. */
  private static final Set<Section> KEPT =
      EnumSet.complementOf(EnumSet.of(Section.STATISTICS, Section.PROPERTIES));

  private SnapshotForm() {}

  static StoredTable of(TableMetadata table) {
    TableMetadata kept = kept(table);
    return StoredTable.of(Json.whole(kept.name()), kept.info().kind().id(), bytes(kept));
  }

  /** The parts that are compared. */
  static TableMetadata kept(TableMetadata table) {
    TableMetadata some = table.only(KEPT);
    TableInfo bare = TableInfo.of(some.name(), some.info().kind());
    TableInfo info = some.info().description().map(bare::withDescription).orElse(bare);
    return new TableMetadata(
        info,
        some.loaded(),
        some.columns(),
        some.primaryKey(),
        some.uniqueKeys(),
        some.foreignKeys(),
        some.indexes(),
        some.checks(),
        some.partitioning(),
        some.definition(),
        some.properties(),
        some.extensions(),
        Optional.empty(),
        some.sizeInBytes(),
        List.of());
  }

  /** What was read now; of sections that weren't, what was known before. */
  static TableMetadata merged(TableMetadata now, TableMetadata before) {
    Set<Section> loaded = EnumSet.noneOf(Section.class);
    loaded.addAll(now.loaded());
    loaded.addAll(before.loaded());
    if (loaded.equals(now.loaded())) {
      return now;
    }
    TableMetadata keys = having(Section.KEYS, now, before);
    return new TableMetadata(
        having(Section.DESCRIPTIONS, now, before).info(),
        loaded,
        having(Section.COLUMNS, now, before).columns(),
        keys.primaryKey(),
        keys.uniqueKeys(),
        having(Section.FOREIGN_KEYS, now, before).foreignKeys(),
        having(Section.INDEXES, now, before).indexes(),
        having(Section.CHECKS, now, before).checks(),
        having(Section.PARTITIONING, now, before).partitioning(),
        having(Section.DEFINITION, now, before).definition(),
        now.properties(),
        now.extensions(),
        now.rowCount(),
        now.sizeInBytes(),
        now.notices());
  }

  private static TableMetadata having(Section section, TableMetadata now, TableMetadata before) {
    return now.loaded().contains(section) ? now : before;
  }

  private static byte[] bytes(TableMetadata table) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(TableJson.bytes(table));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /** Empty if only the name is known, or if the form is that of another version. */
  static Optional<TableMetadata> read(StoredTable table) {
    byte[] content = table.content();
    if (content.length == 0 || content[0] != VERSION) {
      return Optional.empty();
    }
    try {
      return Optional.of(TableJsonReader.table(inflated(content)));
    } catch (IOException | DataFormatException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  private static byte[] inflated(byte[] content) throws DataFormatException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(content, 1, content.length - 1);
      byte[] buffer = new byte[Math.max(4096, content.length * 4)];
      int length = 0;
      while (!inflater.finished()) {
        int some = inflater.inflate(buffer, length, buffer.length - length);
        if (some == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new DataFormatException();
        }
        length += some;
        if (length > LARGEST) {
          throw new DataFormatException();
        }
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      inflater.end();
    }
  }
}
