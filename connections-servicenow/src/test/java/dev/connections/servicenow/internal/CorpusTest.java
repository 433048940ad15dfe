package dev.connections.servicenow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.api.Column;
import dev.connections.api.TableMetadata;
import dev.connections.servicenow.ServiceNowColumn;
import dev.connections.simulators.ServiceNowSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real tables, whose columns somebody else resolved. */
@Tag("corpus")
class CorpusTest {
  private static final Path FOLDER = Path.of("../../shared/fixtures/servicenow/sdk-core-4.9.0");

  @Test
  void real_tables_have_the_columns_that_were_resolved_elsewhere() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "the real tables aren't here");
    Map<String, Map<String, String>> golden = golden();
    try (ServiceNowSimulator instance = ServiceNowSimulator.empty().load(FOLDER).start()) {
      Simulated.Imported imported = Simulated.imported(Simulated.values(instance));

      assertThat(imported.sink().tables()).hasSizeGreaterThan(150);
      assertThat(golden).hasSize(7);
      golden.values().forEach(columns -> columns.keySet().removeIf(c -> isInactive(instance, c)));
      golden.forEach(
          (table, columns) ->
              assertThat(resolved(imported.table(table))).as(table).isEqualTo(columns));
    }
  }

  /** The reader there took no notice of it; an inactive column isn't there for anybody. */
  private static boolean isInactive(ServiceNowSimulator instance, String column) {
    return "false".equals(instance.find("sys_dictionary", "element", column).get("active"));
  }

  private static Map<String, String> resolved(TableMetadata table) {
    Map<String, String> columns = new TreeMap<>();
    for (Column column : table.columns()) {
      ServiceNowColumn known = column.extension(ServiceNowColumn.class).orElseThrow();
      columns.put(
          column.name(),
          known.declaredIn()
              + ":"
              + column.type().nativeType()
              + known.references().map(target -> "->" + target).orElse(""));
    }
    return columns;
  }

  /** The members of each table's {@code columns}. */
  private static Map<String, Map<String, String>> golden() throws IOException {
    Map<String, Map<String, String>> golden = new TreeMap<>();
    try (JsonParser json =
        new JsonFactory().createParser(FOLDER.resolve("golden-inheritance-sample.json").toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Map<String, String> columns = new TreeMap<>();
        golden.put(json.currentName(), columns);
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = json.currentName().equals("columns");
          json.nextToken();
          if (wanted) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
              columns.put(json.currentName(), json.nextTextValue());
            }
          } else {
            json.skipChildren();
          }
        }
      }
    }
    return golden;
  }
}
