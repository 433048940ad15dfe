package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.RowPreview;
import dev.connections.api.Secret;
import dev.connections.api.TestResult;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.observe.Observation;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.SyntheticSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Sends a canary through everything, and looks for it wherever something comes out. */
final class SecretsStayInsideTest {
  private final List<Observation> observed = new CopyOnWriteArrayList<>();
  private final List<String> out = new ArrayList<>();
  private final Canary own = Canary.create("a password of a draft");

  private void tell(Object what) {
    out.add(String.valueOf(what));
  }

  private void attempt(Runnable call) {
    try {
      call.run();
    } catch (ConnectionException e) {
      tell(e.failure());
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      tell(trace);
    }
  }

  @Test
  void no_secret_comes_out_of_results_texts_errors_logs_audit_or_stored_rows() {
    try (LogCapture logged = LogCapture.start();
        Stage stage = Stage.set(builder -> builder.observer(observed::add))) {
      TenantConnections ada = stage.ada;
      ConnectionDraft draft = stage.draft("Sales");
      Connection made = ada.create(draft);
      String id = made.id();
      ConnectionUpdate update =
          ConnectionUpdate.of(made).set("authentication.password", Secret.of(own.value()));
      tell(draft);
      tell(made);
      tell(made.configuration().toTree());
      tell(update);
      tell(ConnectionDraft.of(made));
      everything(stage, id);
      stage.source.refuseCredentials();
      everything(stage, id);
      stage.source.acceptCredentials();
      stage.source.faults().throwForeign("driver: " + stage.source.password().value());
      everything(stage, id);
      stage.source.faults().defective(true);
      everything(stage, id);
      stage.source.faults().defective(false);
      attempt(() -> ada.update(id, update.set("port", own.value())));
      attempt(() -> ada.create(stage.draft("Bad").set("host", "").set("nonsense", own.value())));
      attempt(() -> tell(ada.update(id, update)));
      everything(stage, id);
      tell(stage.audit.records("acme"));
      tell(observed);
      tell(stage.store.find("acme", id));
      tell(stage.store.find("acme", id).orElseThrow().configuration().json());
      stage.connections.close();
      tell(logged.text());
      for (String text : out) {
        own.assertAbsentFrom("what came out", text);
        stage.source.password().assertAbsentFrom("what came out", text);
      }
      assertThat(out).hasSizeGreaterThan(40);
    }
  }

  private void everything(Stage stage, String id) {
    TenantConnections ada = stage.ada;
    attempt(() -> told(ada.test(id)));
    attempt(() -> told(ada.test(ConnectionDraft.of(ada.get(id)))));
    attempt(
        () -> told(ada.test(stage.draft("Draft").set("authentication.password", own.secret()))));
    attempt(() -> tell(ada.createTested(stage.draft("Twin").set("port", 1))));
    ada.invalidateMetadata(id);
    attempt(() -> tell(ada.listSchemas(id)));
    attempt(() -> tell(ada.getTableMetadata(id, SyntheticSource.table(0, 0))));
    attempt(() -> tell(ada.previewImport(id, ImportOptions.all())));
    attempt(() -> tell(ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join()));
    attempt(
        () ->
            tell(
                ada.<RowPreview, Object, RuntimeException>use(
                    id,
                    RowPreview.class,
                    (preview, operation) ->
                        preview.preview(SyntheticSource.table(0, 0), 1, operation))));
    attempt(() -> tell(ada.list(ConnectionFilter.all(), ListRequest.first())));
    attempt(() -> tell(ada.get(id)));
  }

  private void told(TestResult result) {
    tell(result);
    tell(result.firstFailure().flatMap(Failure::remedy));
  }
}
