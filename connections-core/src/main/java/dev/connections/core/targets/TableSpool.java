package dev.connections.core.targets;

import dev.connections.api.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps what belongs to each table in a temporary file until all tables are there, and gives it
 * back in the order of their names: tables arrive in any order, and outputs are to be the same each
 * time. In memory there are only the names and where in the file their bytes lie. Safe for any
 * thread.
 */
final class TableSpool implements AutoCloseable {
  private final FileChannel channel;
  private final Map<TableName, Place> places = new TreeMap<>();
  private long end;

  private TableSpool(FileChannel channel) {
    this.channel = channel;
  }

  static TableSpool open() throws IOException {
    Path file = Files.createTempFile("connections-", ".part");
    return new TableSpool(
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** Keeps a table's bytes; those that were kept before under the same name are forgotten. */
  synchronized void add(TableName name, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = end;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
    places.put(name, new Place(end, bytes.length));
    end = at;
  }

  synchronized Set<TableName> names() {
    return Collections.unmodifiableSet(places.keySet());
  }

  synchronized void forEach(Reader reader) throws IOException {
    for (Map.Entry<TableName, Place> entry : places.entrySet()) {
      reader.read(entry.getKey(), read(entry.getValue()));
    }
  }

  /** The bytes of a table that was added. */
  synchronized byte[] get(TableName name) throws IOException {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("a table that was never added");
    }
    return read(place);
  }

  private byte[] read(Place place) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(place.length());
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, place.at() + buffer.position()) < 0) {
        throw new IOException("the temporary file was cut short");
      }
    }
    return buffer.array();
  }

  /** Deletes the file. */
  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }

  private record Place(long at, int length) {}

  interface Reader {
    void read(TableName name, byte[] bytes) throws IOException;
  }
}
