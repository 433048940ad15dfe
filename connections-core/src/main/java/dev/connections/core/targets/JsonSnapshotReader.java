package dev.connections.core.targets;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.internal.json.Json;
import dev.connections.core.internal.json.TableJsonReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads a snapshot table by table, so that memory doesn't grow with it. Tables come back equal to
 * those that were written, but for extensions, which are {@link StoredExtension}s, and plugins' own
 * codes, which are {@link StoredCode}s.
 *
 * <p>Not safe for several threads. To be closed.
 */
public final class JsonSnapshotReader implements AutoCloseable {
  private final JsonParser json;
  private final Source source;
  private Optional<ImportReport> report = Optional.empty();
  private long tables;
  private boolean inTables;

  /**
   * What a snapshot says of its connection.
   *
   * @param id the connection's id
   * @param name the name its user gave it
   * @param type the id of its type
   */
  public record Source(String id, String name, String type) {}

  private JsonSnapshotReader(Reader reader) throws IOException {
    this.json = Json.MAPPER.createParser(reader);
    this.source = head();
  }

  /**
   * {@return a reader of a file}
   *
   * @param file a snapshot
   * @throws ConnectionException with {@link TargetErrorCode#SNAPSHOT_NOT_READ} if the file can't be
   *     read, {@link TargetErrorCode#MALFORMED_SNAPSHOT} if it is no snapshot, {@link
   *     TargetErrorCode#UNKNOWN_SNAPSHOT_VERSION} if it is one of a later release
   */
  public static JsonSnapshotReader open(Path file) {
    try {
      return of(Files.newBufferedReader(file));
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  /**
   * {@return a reader of a text}
   *
   * @param reader from a snapshot's beginning; it is closed with this reader, or at once if this
   *     fails
   * @throws ConnectionException as {@link #open}
   */
  public static JsonSnapshotReader of(Reader reader) {
    try {
      return new JsonSnapshotReader(reader);
    } catch (IOException e) {
      closed(reader);
      throw failed(e, 0);
    } catch (RuntimeException e) {
      closed(reader);
      throw e;
    }
  }

  /** {@return what the snapshot says of its connection} */
  public Source source() {
    return source;
  }

  /**
   * {@return the tables, in the order of their names; to be consumed once}
   *
   * <p>The stream throws a {@link ConnectionException} with {@link
   * TargetErrorCode#MALFORMED_SNAPSHOT} at a place where the snapshot is damaged.
   */
  public Stream<TableMetadata> tables() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Tables(), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** {@return how the import went; empty until the last table was read, as it stands at the end} */
  public Optional<ImportReport> report() {
    return report;
  }

  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  /** Reads up to the first table. */
  private Source head() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT
        || !"format".equals(json.nextFieldName())
        || !JsonSnapshot.FORMAT.equals(json.nextTextValue())
        || !"version".equals(json.nextFieldName())) {
      throw malformed(Optional.empty(), 0);
    }
    int version = json.nextIntValue(0);
    if (version < 1 || version > JsonSnapshot.VERSION) {
      throw Failure.of(
              TargetErrorCode.UNKNOWN_SNAPSHOT_VERSION,
              "The snapshot is of version " + version + ", which this release doesn't know.")
          .withRemedy("Read it with the release of Connections that wrote it, or a later one.")
          .asException();
    }
    Optional<Source> found = Optional.empty();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      if (name.equals("tables") && json.currentToken() == JsonToken.START_ARRAY) {
        inTables = true;
        return found.orElseThrow(() -> malformed(Optional.empty(), 0));
      }
      if (name.equals("connection")) {
        JsonNode node = json.readValueAsTree();
        found = Optional.of(source(node));
      } else {
        json.skipChildren();
      }
    }
    throw malformed(Optional.empty(), 0);
  }

  private static Source source(JsonNode node) {
    try {
      return new Source(
          TableJsonReader.neededText(node, "id"),
          TableJsonReader.neededText(node, "name"),
          TableJsonReader.neededText(node, "type"));
    } catch (IllegalArgumentException e) {
      throw malformed(Optional.of(e), 0);
    }
  }

  private Optional<TableMetadata> read() {
    if (!inTables) {
      return Optional.empty();
    }
    try {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        JsonNode node = json.readValueAsTree();
        TableMetadata table = TableJsonReader.table(node);
        tables++;
        return Optional.of(table);
      }
      inTables = false;
      tail();
      return Optional.empty();
    } catch (IOException e) {
      throw failed(e, tables + 1);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw malformed(Optional.of(e), tables + 1);
    }
  }

  private void tail() throws IOException {
    if (json.currentToken() != JsonToken.END_ARRAY || !"report".equals(json.nextFieldName())) {
      throw malformed(Optional.empty(), tables + 1);
    }
    json.nextToken();
    JsonNode node = json.readValueAsTree();
    report = Optional.of(ReportJsonReader.report(node));
    if (json.nextToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
      throw malformed(Optional.empty(), tables + 1);
    }
  }

  private static ConnectionException failed(IOException cause, long place) {
    return cause instanceof JsonProcessingException
        ? malformed(Optional.of(cause), place)
        : notRead(cause);
  }

  private static ConnectionException notRead(IOException cause) {
    return Failure.of(TargetErrorCode.SNAPSHOT_NOT_READ, "The snapshot can't be read.")
        .withRemedy("Check that the file exists and may be read.")
        .asException(cause);
  }

  private static ConnectionException malformed(Optional<Exception> cause, long place) {
    Failure failure =
        Failure.of(
                TargetErrorCode.MALFORMED_SNAPSHOT,
                place == 0
                    ? "This is not a snapshot of Connections."
                    : "The snapshot is damaged at table " + place + ", or behind the last.")
            .withRemedy("Import again, and take the snapshot which that leaves.");
    return cause.map(failure::asException).orElseGet(failure::asException);
  }

  private static void closed(Reader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw notRead(e);
    }
  }

  private final class Tables implements Iterator<TableMetadata> {
    private Optional<TableMetadata> next = Optional.empty();

    @Override
    public boolean hasNext() {
      if (next.isEmpty()) {
        next = read();
      }
      return next.isPresent();
    }

    @Override
    public TableMetadata next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      TableMetadata table = next.orElseThrow();
      next = Optional.empty();
      return table;
    }
  }
}
