package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.Partitioning;
import dev.connections.api.Section;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.SchemaReader;
import dev.connections.filesystem.internal.Warning;
import dev.connections.filesystem.internal.avro.AvroSchemaReader;
import dev.connections.filesystem.internal.content.ChannelContent;
import dev.connections.filesystem.internal.content.FileOperation;
import dev.connections.filesystem.internal.delta.DeltaTableReader;
import dev.connections.filesystem.internal.excel.ExcelSchemaReader;
import dev.connections.filesystem.internal.excel.Workbook;
import dev.connections.filesystem.internal.json.JsonRows;
import dev.connections.filesystem.internal.json.JsonSchemaReader;
import dev.connections.filesystem.internal.json.NdjsonSchemaReader;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.listing.FoundTable.FileSet;
import dev.connections.filesystem.internal.listing.PartitionKey;
import dev.connections.filesystem.internal.orc.OrcSchemaReader;
import dev.connections.filesystem.internal.parquet.ParquetSchemaReader;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.OpenFile;
import dev.connections.filesystem.internal.paths.RelativePath;
import dev.connections.filesystem.internal.text.CsvRows;
import dev.connections.filesystem.internal.text.CsvSchemaReader;
import dev.connections.filesystem.internal.xml.XmlSchemaReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the metadata of a table: opens its file, or a few of its files.
 *
 * <p>The reads don't go through {@code RemoteCalls}: a file is no round trip to a system that asks
 * for patience, and trying a missing file again finds it missing again. Safe for any thread.
 */
final class TableReader {
  /** What a table's files tell. The others, such as keys, files don't have. */
  static final Set<Section> SECTIONS =
      Collections.unmodifiableSet(
          EnumSet.of(
              Section.COLUMNS,
              Section.STATISTICS,
              Section.PROPERTIES,
              Section.DESCRIPTIONS,
              Section.PARTITIONING));

  /** A sample is read in milliseconds; a disk that needs longer than this has gone. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A file that is read to its end takes as long as it is; the operation has its own deadline. */
  private static final Duration LONGEST_WHOLE = Duration.ofHours(24);

  private final Map<FileFormat, SchemaReader> readers;
  private final ReadLimits limits;
  private final Duration longest;

  TableReader(Map<FileFormat, SchemaReader> readers, ReadLimits limits, Duration longest) {
    this.readers = readers;
    this.limits = limits;
    this.longest = longest;
  }

  /**
   * A reader of every format.
   *
   * @param options what is known of the files beforehand
   * @param parallel lends threads where files are read to their end
   */
  static TableReader create(ReadOptions options, Parallel parallel) {
    CsvSchemaReader csv = CsvSchemaReader.csv(options.text());
    // A tab is what the ending promises, whatever delimiter the other files have.
    CsvSchemaReader tsv = CsvSchemaReader.tsv(options.text().withoutDelimiter());
    Map<FileFormat, SchemaReader> readers = new EnumMap<>(FileFormat.class);
    readers.put(FileFormat.CSV, options.whole() ? csv.full(parallel) : csv);
    readers.put(FileFormat.TSV, options.whole() ? tsv.full(parallel) : tsv);
    readers.put(FileFormat.JSON, new JsonSchemaReader());
    readers.put(
        FileFormat.NDJSON,
        options.whole() ? new NdjsonSchemaReader(parallel) : new NdjsonSchemaReader());
    readers.put(FileFormat.PARQUET, new ParquetSchemaReader());
    readers.put(FileFormat.AVRO, new AvroSchemaReader());
    readers.put(FileFormat.XML, new XmlSchemaReader(options.rowTag()));
    readers.put(FileFormat.ORC, new OrcSchemaReader());
    readers.put(FileFormat.XLSX, new ExcelSchemaReader(Optional.empty()));
    return options.whole()
        ? new TableReader(readers, ReadLimits.DEFAULT.forWholeFiles(), LONGEST_WHOLE)
        : new TableReader(readers, ReadLimits.DEFAULT, LONGEST);
  }

  /** The metadata of a table that was found. */
  TableMetadata read(BaseDirectory base, FoundTable table, Operation operation) {
    if (table instanceof FoundTable.DeltaDirectory delta) {
      return readDelta(base, delta, operation);
    }
    if (table instanceof FoundTable.SingleFile file) {
      SchemaReader schemas =
          file.sheet().isPresent() ? new ExcelSchemaReader(file.sheet()) : reader(file.format());
      return metadata(file, infer(base, file.path(), file.format(), schemas, operation)).build();
    }
    return readSet(base, (FileSet) table, operation);
  }

  /**
   * What a workbook holds.
   *
   * @param names the sheets that a user sees
   * @param hidden how many others there are
   */
  record Sheets(List<String> names, int hidden) {}

  /** The sheets of a workbook. */
  Sheets sheets(BaseDirectory base, FoundTable.SingleFile workbook, Operation operation) {
    return open(
        base,
        workbook.path(),
        workbook.format(),
        operation,
        (content, call) -> {
          Workbook found = Workbook.open(content, limits, call);
          return new Sheets(found.names(), found.hidden());
        });
  }

  /**
   * The first rows of a file.
   *
   * @param columns its columns
   * @param rows a value for each column
   */
  record Rows(List<Column> columns, List<List<Optional<Object>>> rows) {}

  /** The first rows of a text file. */
  Rows rows(BaseDirectory base, FoundTable.SingleFile table, int most, Operation operation) {
    return open(
        base,
        table.path(),
        table.format(),
        operation,
        (content, call) -> {
          InferredSchema schema = reader(table.format()).read(content, limits, call);
          boolean json = table.format() == FileFormat.JSON || table.format() == FileFormat.NDJSON;
          return new Rows(
              schema.columns(),
              json
                  ? JsonRows.first(content, schema.columns(), most, limits, call)
                  : CsvRows.first(content, schema, most, limits, call));
        });
  }

  private InferredSchema infer(
      BaseDirectory base,
      RelativePath path,
      FileFormat format,
      SchemaReader schemas,
      Operation operation) {
    return open(
        base, path, format, operation, (content, call) -> schemas.read(content, limits, call));
  }

  private SchemaReader reader(FileFormat format) {
    SchemaReader reader = readers.get(format);
    if (reader == null) {
      throw new IllegalStateException("no reader of " + format);
    }
    return reader;
  }

  /** What is done with an open file. */
  private interface Reading<R> {
    R of(ChannelContent content, Operation call) throws IOException;
  }

  private <R> R open(
      BaseDirectory base,
      RelativePath path,
      FileFormat format,
      Operation operation,
      Reading<R> reading) {
    // The readers name the file in messages only.
    String shown = FileFailures.shown(path.text());
    Operation own = new FileOperation(operation, shown, longest);
    own.checkpoint();
    try {
      OpenFile file = base.open(path);
      try (ChannelContent content =
          ChannelContent.of(shown, file.channel(), file.size(), format.isText(), limits, own)) {
        return reading.of(content, own);
      }
    } catch (IOException e) {
      throw FileFailures.of(path.text(), e, own);
    }
  }

  private static TableMetadata.Builder metadata(FoundTable table, InferredSchema schema) {
    TableInfo info = table.info();
    TableMetadata.Builder metadata =
        TableMetadata.builder(
                schema.description().map(info::withDescription).orElse(info), SECTIONS)
            .columns(schema.columns())
            .extension(schema.inference())
            .notices(
                schema.warnings().stream()
                    .map(warning -> warning.about(info.name()))
                    .toArray(Notice[]::new));
    table.size().ifPresent(metadata::sizeInBytes);
    schema.properties().forEach(metadata::property);
    schema.rows().ifPresent(metadata::rowCount);
    return metadata;
  }

  private TableMetadata readDelta(
      BaseDirectory base, FoundTable.DeltaDirectory table, Operation operation) {
    RelativePath directory = RelativePath.of(table.info().name().schema());
    String shown = FileFailures.shown(directory.text());
    Operation own = new FileOperation(operation, shown, LONGEST);
    try {
      DeltaTableReader.DeltaTable read = DeltaTableReader.read(base, directory, limits, own);
      TableMetadata.Builder metadata = metadata(table, read.schema());
      if (!read.partitionColumns().isEmpty()) {
        metadata.partitioning(
            new Partitioning("directory", read.partitionColumns(), OptionalLong.empty()));
      }
      return metadata.build();
    } catch (IOException e) {
      throw FileFailures.of(shown, e, own);
    }
  }

  private TableMetadata readSet(BaseDirectory base, FileSet set, Operation operation) {
    List<InferredSchema> schemas = new ArrayList<>(set.samples().size());
    List<Warning> warnings = new ArrayList<>(0);
    Optional<ConnectionException> first = Optional.empty();
    for (String sample : set.samples()) {
      try {
        schemas.add(
            infer(base, RelativePath.parse(sample), set.format(), reader(set.format()), operation));
      } catch (ConnectionException e) {
        operation.checkpoint(); // if all is over, this isn't the file's failure
        first = first.or(() -> Optional.of(e));
        warnings.add(
            Warning.of(
                NoticeCode.IRREGULAR,
                "One of the table's files can't be read. " + e.failure().message()));
      }
    }
    if (schemas.isEmpty()) {
      throw first.orElseThrow(
          () -> FileFailures.missing(RelativePath.of(set.info().name()).text()).asException());
    }
    if (set.others() > 0) {
      warnings.add(
          Warning.of(
              NoticeCode.IRREGULAR,
              (set.others() == 1
                      ? "1 file of another format than "
                      : set.others() + " files of other formats than ")
                  + set.format().id()
                  + " among the table's files isn't part of it."));
    }
    InferredSchema merged = SchemaMerge.of(schemas, set, warnings);
    TableMetadata.Builder metadata =
        metadata(set, merged).property("files", String.valueOf(set.files()));
    if (!set.keys().isEmpty()) {
      metadata.partitioning(
          new Partitioning(
              "directory",
              set.keys().stream().map(PartitionKey::name).toList(),
              OptionalLong.of(set.partitions())));
    }
    return metadata.build();
  }
}
