package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store on a disk of three megabytes that really is full, and then has room again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class FullDiskTest {
  @TempDir Path directory;

  /** A process may have a disk of its own in memory, where the system lets users do that. */
  private Process inSmallDisk(String command, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("unshare", "-U", "-r", "-m", "sh", "-c"));
    all.add("mount -t tmpfs -o size=3m tmpfs \"$1\" && shift && " + command);
    all.add("sh");
    all.add(directory.toString());
    all.addAll(arguments);
    return new ProcessBuilder(all).redirectErrorStream(true).start();
  }

  private boolean isPossible() throws InterruptedException {
    try {
      return inSmallDisk("true", List.of()).waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  @Test
  void a_full_disk_is_told_what_is_stored_can_be_read_and_with_room_it_goes_on() throws Exception {
    assumeTrue(isPossible(), "this system gives no process a disk of its own");
    Process process =
        inSmallDisk(
            "exec \"$@\"",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.connections.store.host.FillingHost",
                directory.toString()));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<String> lines = said.lines().filter(line -> line.startsWith("> ")).toList();
    assertThat(lines)
        .as(said)
        .containsExactly(
            "> failed with STORE_FULL",
            "> all read, more than 20: true",
            "> nothing by halves: true",
            "> goes on: true");
    assertThat(Files.list(directory)).isEmpty(); // all of it was on that disk
  }
}
