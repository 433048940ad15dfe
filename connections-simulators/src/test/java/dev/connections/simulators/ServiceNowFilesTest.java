package dev.connections.simulators;

import static dev.connections.simulators.Asking.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceNowFilesTest {
  @Test
  void recorded_rows_take_the_place_of_generated_ones(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("sys_scope.json"),
        "{\"result\":[{\"sys_id\":\"global\",\"scope\":\"global\",\"vendor\":{\"link\":"
            + "\"https://x/api/now/table/u_vendor?name=acme\",\"value\":\"acme\"}},"
            + "{\"sys_id\":\"1\",\"scope\":\"x\",\"vendor\":\"\"}]}");
    Files.writeString(folder.resolve("golden.json"), "{\"other\":1}");

    try (ServiceNowSimulator instance = ServiceNowSimulator.withTables(1).load(folder).start()) {
      JsonNode first =
          rows(Asking.the(instance)
                  .get("/api/now/table/sys_scope", "sysparm_query", "ORDERBYscope"))
              .get(0);

      assertThat(instance.rowCount("sys_scope")).isEqualTo(2);
      assertThat(instance.rowCount("golden")).isZero();
      assertThat(first.path("vendor").path("link").asText())
          .endsWith("/api/now/table/u_vendor?name=acme");
    }
  }

  @Test
  void a_folder_that_is_not_there_is_said_at_the_start(@TempDir Path folder) {
    ServiceNowBuilder builder = ServiceNowSimulator.empty().load(folder.resolve("nosuch"));

    assertThatThrownBy(builder::start).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  @Tag("corpus")
  void the_dictionary_that_servicenow_publishes_is_served_as_it_is() throws IOException {
    Path folder = Path.of("../../shared/fixtures/servicenow/sdk-core-4.9.0");
    assumeTrue(Files.isDirectory(folder), "the published dictionary isn't on this machine");

    try (ServiceNowSimulator instance = ServiceNowSimulator.empty().load(folder).start()) {
      assertThat(instance.rowCount("sys_db_object")).isEqualTo(185);
      assertThat(instance.rowCount("sys_dictionary")).isEqualTo(3_438);
      JsonNode incident =
          rows(Asking.the(instance)
                  .get(
                      "/api/now/table/sys_db_object",
                      "sysparm_query",
                      "name=incident",
                      "sysparm_fields",
                      "name,super_class.name"))
              .get(0);
      assertThat(incident.path("super_class.name").asText()).isEqualTo("task");
    }
  }
}
