package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.StandardErrorCode;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.core.targets.DatabricksDdl;
import dev.connections.core.targets.HtmlReport;
import dev.connections.core.targets.JsonSnapshot;
import dev.connections.core.targets.TargetLayout;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.SyntheticSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password's whole way through the house, with every log line and every file looked at. */
final class SecretsNeverLeaveTest {
  @TempDir private Path output;

  @Test
  void neither_rows_nor_logs_nor_audit_nor_any_written_file_holds_the_password()
      throws IOException {
    SyntheticSource source = SyntheticSource.create();
    InMemoryConnectionStore store = InMemoryConnectionStore.create();
    InMemoryAuditLog audit = InMemoryAuditLog.create();
    List<String> seen = new ArrayList<>();
    try (LogCapture log = LogCapture.start();
        Connections connections =
            Connections.builder()
                .store(store)
                .keys(KeySource.localFile(output.resolve("keys/local.key")))
                .audit(audit)
                .provider(source.provider())
                .build()) {
      TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
      Connection connection =
          mine.create(
              ConnectionDraft.of(source.provider().type().id(), "Synthetic")
                  .configuration(source.configuration()));
      seen.add(connection.toString());
      seen.add(connection.configuration().toTree().toString());
      seen.add(mine.test(connection.id()).toString());
      source.failTable(SyntheticSource.table(0, 1), StandardErrorCode.PERMISSION_DENIED);
      ImportReport report = imported(mine, connection);
      assertThat(report.ledger().failed()).isEqualTo(1);
      seen.add(report.toString());
      source.refuseCredentials();
      seen.add(mine.test(connection.id()).toString());
      seen.add(imported(mine, connection).toString());
      seen.add(store.find("acme", connection.id()).orElseThrow().toString());
      seen.add(store.find("acme", connection.id()).orElseThrow().configuration().json());
      seen.add(audit.records("acme").toString());
      seen.addAll(log.lines());
    }
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.add(Files.readString(file));
      }
    }

    assertThat(seen).hasSizeGreaterThan(10).anyMatch(text -> text.contains("******"));
    for (String text : seen) {
      source.password().assertAbsentFrom("what came out", text);
    }
  }

  private ImportReport imported(TenantConnections mine, Connection connection) {
    return mine.importMetadata(
            connection.id(),
            ImportOptions.all(),
            ImportListener.into(
                JsonSnapshot.to(output.resolve("snapshot.json")),
                DatabricksDdl.to(output.resolve("ddl.sql"), TargetLayout.in("main")),
                HtmlReport.to(output.resolve("report.html"))))
        .join();
  }
}
