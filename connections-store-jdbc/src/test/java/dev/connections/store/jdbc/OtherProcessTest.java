package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionFilter;
import dev.connections.core.audit.AuditRecord;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores used by processes that are started, and killed. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class OtherProcessTest {
  private static final String HOST = "dev.connections.store.host.WritingHost";

  @TempDir Path directory;

  private Process start(Path file, long count, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of(HOST, file.toString(), Long.toString(count)));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("errors").toFile()))
        .start();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static List<String> audited(SqliteStore store) {
    List<String> ids = new ArrayList<>();
    List<AuditRecord> page;
    do {
      page = store.audit().records("acme", ids.size(), StoredAuditLog.GREATEST_LIMIT);
      page.forEach(record -> ids.add(record.connection().orElseThrow()));
    } while (page.size() == StoredAuditLog.GREATEST_LIMIT);
    return ids;
  }

  @Test
  void a_killed_process_loses_nothing_that_it_had_acknowledged_and_leaves_nothing_half_done()
      throws Exception {
    Path file = directory.resolve("connections.db");
    Random random = new Random(42);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < 6; round++) {
      Process process = start(file, Long.MAX_VALUE, "-cp", classPath());
      int acknowledgements = 1 + random.nextInt(60);
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
        for (int i = 0; i < acknowledgements; i++) {
          String id = said.readLine();
          assertThat(id).as("the process ended by itself").isNotNull();
          acknowledged.add(id);
        }
        process.toHandle().destroyForcibly(); // unlike the process's own, it leaves what was said
        process.waitFor();
        said.lines().filter(id -> id.length() == 36).forEach(acknowledged::add);
      }
      assertThat(process.exitValue()).isEqualTo(128 + 9);
      try (SqliteStore store = SqliteStore.at(file)) {
        for (String id : acknowledged) {
          assertThat(store.find("acme", id)).as("round %s", round).isPresent();
        }
        List<String> audited = audited(store);
        assertThat(audited).containsAll(acknowledged);
        assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(audited.size());
        assertThat(store.audit().firstBroken("acme")).isEmpty();
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(100);
  }

  @Test
  void several_processes_use_one_store_at_once() throws Exception {
    Path file = directory.resolve("connections.db");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(file, 30, "-cp", classPath()));
    }
    for (Process process : processes) {
      assertThat(process.inputReader(StandardCharsets.UTF_8).lines().toList()).hasSize(31);
      assertThat(process.waitFor()).isZero();
    }
    try (SqliteStore store = SqliteStore.at(file)) {
      assertThat(store.count(Rows.ADMIN, ConnectionFilter.all())).isEqualTo(90);
      assertThat(audited(store)).hasSize(90);
      assertThat(store.audit().firstBroken("acme")).isEmpty();
    }
  }

  @Test
  void the_store_works_as_a_module() throws Exception {
    String tests =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(entry -> entry.endsWith("test-classes"))
            .findFirst()
            .orElseThrow();
    String modules =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
            .filter(entry -> !entry.contains("archunit"))
            .filter(entry -> new File(entry).exists())
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        start(
            directory.resolve("connections.db"),
            2,
            "--module-path",
            modules,
            "--add-modules",
            "dev.connections.store.jdbc",
            "-cp",
            tests);
    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    assertThat(said).hasSize(3);
    assertThat(said.get(2)).endsWith("module dev.connections.store.jdbc");
  }
}
