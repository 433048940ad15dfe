package dev.connections.core.internal.importing;

import dev.connections.api.Operation;
import dev.connections.core.importing.ImportContext;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.importing.ImportReport;
import dev.connections.testkit.TestOperation;
import java.time.Instant;

/** Runs for tests: they never wait between two attempts. */
final class Runs {
  static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

  private Runs() {}

  static RunSetup setup(ImportOptions options, Operation operation) {
    RunSetup setup =
        RunSetup.of(new ImportContext("1", "Sales", "scripted", options, BEGIN), operation);
    setup.pause = (time, during, touch) -> during.checkpoint();
    return setup;
  }

  static ImportReport run(ScriptedAdapter adapter, ImportOptions options, ImportListener hears) {
    return new ImportRun(setup(options, TestOperation.start()).listener(hears)).run(adapter);
  }

  static ImportReport run(ScriptedAdapter adapter, ImportOptions options) {
    return run(adapter, options, ImportListener.NONE);
  }

  static ImportPreview preview(ScriptedAdapter adapter, ImportOptions options) {
    return new PreviewRun(setup(options, TestOperation.start())).run(adapter);
  }
}
