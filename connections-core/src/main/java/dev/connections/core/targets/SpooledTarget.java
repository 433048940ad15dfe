package dev.connections.core.targets;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.TableMetadata;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.importing.MetadataTarget;
import dev.connections.core.internal.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;

/**
 * A target that lays each table aside in a temporary file and writes its output at the end, in the
 * order of the tables' names. An import that breaks off before leaves no output behind.
 */
abstract class SpooledTarget implements MetadataTarget {
  private final Output output;
  private Optional<Open> open = Optional.empty();

  SpooledTarget(Output output) {
    this.output = output;
  }

  final Output output() {
    return output;
  }

  /** What of a table is kept until the end. */
  abstract byte[] kept(TableMetadata table) throws IOException;

  /** Writes the output. */
  abstract void write(Writer out, ImportContext context, ImportReport report, TableSpool tables)
      throws IOException;

  @Override
  public void begin(ImportContext context) {
    try {
      open = Optional.of(new Open(context, TableSpool.open()));
    } catch (IOException e) {
      throw failed("a temporary file", e);
    }
  }

  @Override
  public void table(TableMetadata table) {
    try {
      opened().spool().add(Json.whole(table.name()), kept(table));
    } catch (IOException e) {
      throw failed("a temporary file", e);
    }
  }

  @Override
  public void finish(ImportReport report) {
    Open it = opened();
    try {
      output.write(out -> write(out, it.context(), report, it.spool()));
    } catch (IOException e) {
      throw failed(output.display(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (open.isPresent()) {
        open.get().spool().close();
      }
    } catch (IOException e) {
      throw failed("a temporary file", e);
    } finally {
      open = Optional.empty();
    }
  }

  private Open opened() {
    return open.orElseThrow(() -> new IllegalStateException("this import hasn't begun"));
  }

  private static ConnectionException failed(String what, IOException cause) {
    return Failure.of(
            TargetErrorCode.OUTPUT_NOT_WRITTEN, "Writing " + what + " of the import failed.")
        .withRemedy(
            "Check that the folder exists and may be written to, and that the disk has space left;"
                + " then import again.")
        .asException(cause);
  }

  private record Open(ImportContext context, TableSpool spool) {}
}
