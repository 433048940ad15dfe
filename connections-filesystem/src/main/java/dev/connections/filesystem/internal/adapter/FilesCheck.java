package dev.connections.filesystem.internal.adapter;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Operation;
import dev.connections.api.ServerInfo;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardStep;
import dev.connections.api.TestResult;
import dev.connections.api.TestSteps;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.listing.FileWalk;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test of a directory: it is there, it may be listed, and one of its files can be read. It
 * looks at a bounded number of entries, however many there are.
 */
final class FilesCheck {
  private static final int CANDIDATES = 5;
  private static final long ENTRIES = 5_000;

  private final FileSettings settings;
  private final TableReader reader;
  private final Operation operation;

  FilesCheck(FileSettings settings, TableReader reader, Operation operation) {
    this.settings = settings;
    this.reader = reader;
    this.operation = operation;
  }

  TestResult run() {
    TestSteps steps = TestSteps.of(operation);
    List<BaseDirectory> found = new ArrayList<>(1);
    steps.step(
        StandardStep.RESOLVE.id(),
        "Find the directory",
        findings -> {
          found.add(settings.location().open());
          findings.detail(settings.location().shown());
          steps.server(server(found.get(0).path()));
        });
    steps.step(StandardStep.AUTHORIZE, findings -> list(found.get(0).path(), findings));
    steps.step(StandardStep.READ, findings -> readOne(found.get(0), findings));
    return steps.result();
  }

  private static ServerInfo server(Path directory) {
    Map<String, String> details = new LinkedHashMap<>();
    try {
      details.put("Type of the file system", Files.getFileStore(directory).type());
    } catch (IOException | UnsupportedOperationException | SecurityException unknown) {
      details.put("Type of the file system", directory.getFileSystem().provider().getScheme());
    }
    return new ServerInfo("File system", Optional.empty(), details);
  }

  private void list(Path directory, TestSteps.Findings findings) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      findings.detail(entries.iterator().hasNext() ? "can be listed" : "empty");
    } catch (AccessDeniedException e) {
      throw settings.location().denied().asException(e);
    } catch (IOException e) {
      throw FileFailures.of(RelativePath.ROOT, e, operation);
    }
  }

  private void readOne(BaseDirectory base, TestSteps.Findings findings) {
    List<FoundTable> candidates = candidates(base);
    if (candidates.isEmpty()) {
      findings.warn(
          Failure.of(
                  StandardErrorCode.NOT_FOUND,
                  "No file of the wanted formats and pattern was found in a first look.")
              .withRemedy(
                  "Put files there, or look at the formats, the pattern and whether directories are"
                      + " looked into.")
              .withFields(FileFields.BASE_PATH, FileFields.FORMATS, FileFields.PATTERN));
      return;
    }
    Optional<ConnectionException> last = Optional.empty();
    for (FoundTable candidate : candidates) {
      String path = RelativePath.of(candidate.info().name()).text();
      try {
        int columns = reader.read(base, candidate, operation).columns().size();
        findings.detail(
            FileFailures.shown(path) + ", " + columns + (columns == 1 ? " column" : " columns"));
        return;
      } catch (ConnectionException e) {
        operation.checkpoint();
        last = Optional.of(e);
      }
    }
    ConnectionException failure = last.orElseThrow();
    if (failure.category() == Category.DATA || failure.category() == Category.UNSUPPORTED) {
      findings.warn(failure.failure()); // the connection works; these files are odd
      return;
    }
    throw failure;
  }

  private List<FoundTable> candidates(BaseDirectory base) {
    List<FoundTable> candidates = new ArrayList<>();
    try {
      FileWalk.all(
          base,
          settings.rules().onlyFirst(CANDIDATES, ENTRIES),
          new WorkbookSheets(candidates::add, reader, base, operation),
          operation);
    } catch (IOException e) {
      throw FileFailures.of(RelativePath.ROOT, e, operation);
    }
    return candidates.subList(0, Math.min(CANDIDATES, candidates.size()));
  }
}
