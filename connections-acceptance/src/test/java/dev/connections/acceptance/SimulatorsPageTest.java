package dev.connections.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.simulators.ServiceNowSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lines of docs/simulators.md, run: whoever changes one must change the other. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SimulatorsPageTest {
  private static final Path PAGE = Path.of("../docs/simulators.md");
  private static final Path THIS =
      Path.of("src/test/java", SimulatorsPageTest.class.getName().replace('.', '/') + ".java");

  @Test
  void an_instance_that_a_test_starts_is_imported() {
    try (ServiceNowSimulator instance = ServiceNowSimulator.withTables(200).start()) {
      ConnectionDraft draft =
          ConnectionDraft.of("servicenow", "Desk")
              .set("instance_url", instance.url().toString())
              .set("authentication.username", instance.user())
              .set("authentication.password", instance.password());

      try (Connections connections = Connections.builder().build()) {
        TenantConnections mine = connections.as(Actor.of("acme", "ada", Role.ADMIN));
        String id = mine.create(draft).id();
        assertThat(
                mine.importMetadata(id, ImportOptions.all(), ImportListener.NONE)
                    .join()
                    .ledger()
                    .imported())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void the_page_shows_the_lines_that_are_run_here() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```java\ntry (ServiceNowSimulator");
    String lines = page.substring(begin + "```java".length(), page.indexOf("```", begin + 3));

    assertThat(begin).isPositive();
    assertThat(close(Files.readString(THIS))).contains(close(lines));
  }

  /** Lines are broken elsewhere on a page. */
  private static String close(String text) {
    return text.replaceAll("\\s", "");
  }
}
