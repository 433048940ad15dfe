package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.simulators.ServiceNowSimulator;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one store whose refresh token is good for one use. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ServiceNowInTwoProcessesTest {
  private static final int TURNS = 8;
  private static final String WELL = "COMPLETE 20|UNCHANGED 0";

  @TempDir Path directory;

  private Process start(String id) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ServiceDeskHost.class.getName(),
            directory.toString(),
            id)
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  @Test
  void tokens_that_end_are_renewed_by_one_of_two_processes_and_both_finish() throws Exception {
    try (ServiceNowSimulator instance = ServiceNowSimulator.withTables(20).start();
        Connections here = ServiceDeskHost.open(directory)) {
      instance.rotateRefreshTokens(true);
      String id =
          here.as(ServiceDeskHost.ADA)
              .create(
                  ConnectionDraft.of("servicenow", "Service desk")
                      .set("instance_url", instance.url().toString())
                      .set("authentication.type", "oauth")
                      .set("authentication.grant", "refresh_token")
                      .set("authentication.client_id", instance.clientId())
                      .set("authentication.client_secret", instance.clientSecret())
                      .set("authentication.refresh_token", instance.newRefreshToken()))
              .id();
      Process there = start(id);
      try (BufferedWriter turns = there.outputWriter(StandardCharsets.UTF_8);
          BufferedReader lines = there.inputReader(StandardCharsets.UTF_8)) {
        for (int turn = 1; turn <= TURNS; turn++) {
          instance.expireTokens();
          turns.write("import\n");
          turns.flush();

          assertThat(ServiceDeskHost.imported(here, id)).matches(WELL);
          assertThat(lines.readLine())
              .as(Files.readString(directory.resolve("errors")))
              .matches(WELL);
          assertThat(instance.requests().count("/oauth_token.do"))
              .as("one token for both, turn " + turn)
              .isEqualTo(turn);
        }
      }
      assertThat(there.waitFor()).isZero();
    }
  }
}
