package dev.connections.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.connections.core.Connections;
import dev.connections.core.EgressRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportReport;
import dev.connections.core.secrets.KeySource;
import dev.connections.store.jdbc.SqliteStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/** A process of its own that imports as often as it is told to, and prints how it went. */
public final class ServiceDeskHost {
  static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);

  private ServiceDeskHost() {}

  static Connections open(Path directory) {
    return Connections.builder()
        .store(SqliteStore.at(directory.resolve("connections.db")))
        .keys(KeySource.localFile(directory.resolve("key/connections.key")))
        .egress(EgressRules.defaults())
        .build();
  }

  static String imported(Connections connections, String id) {
    ImportReport report =
        connections.as(ADA).importMetadata(id, ImportOptions.all(), ImportListener.NONE).join();
    return report.status() + " " + report.ledger().imported();
  }

  /** Takes the directory of store and key and the connection's id; a line of input is a turn. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (Connections connections = open(Path.of(arguments[0]))) {
      while (turns.readLine() != null) {
        System.out.println(imported(connections, arguments[1]));
        System.out.flush();
      }
    }
  }
}
