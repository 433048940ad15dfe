package dev.connections.filesystem.internal.adapter;

import static dev.connections.filesystem.internal.adapter.FilesFixture.values;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class FilesContractTest extends ConnectionAdapterContract {
  @TempDir static Path temporary;

  @BeforeAll
  static void sample_files() throws IOException {
    Path data = FilesFixture.samples(temporary.resolve("data"));
    for (int i = 0; i < 30; i++) {
      FilesFixture.write(data, "more/t" + i + ".csv", "id,name\n1,x\n");
    }
    Files.createDirectory(data.resolve("empty"));
    FilesFixture.write(temporary, "file.csv", "a,b\n");
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new FilesProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return values(temporary.resolve("data")).with("advanced.row_preview", true);
  }

  @Override
  public Set<Class<?>> declaredFeatures() {
    return Set.of(DirectoryBrowser.class, RowPreview.class);
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    return List.of(
        BrokenConfiguration.foundByValidation(
            "no directory",
            ConfigurationValues.empty(),
            StandardErrorCode.INVALID_CONFIGURATION,
            "base_path"),
        BrokenConfiguration.foundByValidation(
            "a pattern that is none",
            goodConfiguration().with("advanced.pattern", "regex:("),
            StandardErrorCode.INVALID_CONFIGURATION,
            "advanced.pattern"),
        BrokenConfiguration.foundByValidation(
            "a format nobody knows",
            goodConfiguration().with("supported_formats", List.of("doc")),
            StandardErrorCode.INVALID_CONFIGURATION,
            "supported_formats"),
        BrokenConfiguration.foundByValidation(
            "a delimiter of several characters",
            goodConfiguration().with("options.delimiter", "ab"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "options.delimiter"),
        BrokenConfiguration.foundByValidation(
            "a quote for a comment",
            goodConfiguration().with("options.comment", "\""),
            StandardErrorCode.INVALID_CONFIGURATION,
            "options.comment"),
        BrokenConfiguration.foundByValidation(
            "one character for two purposes",
            goodConfiguration().with("options.delimiter", "#").with("options.comment", "#"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "options.comment"),
        BrokenConfiguration.foundByValidation(
            "an encoding nobody knows",
            goodConfiguration().with("options.charset", "utf 8"),
            StandardErrorCode.INVALID_CONFIGURATION,
            "options.charset"),
        BrokenConfiguration.foundByTest(
            "a directory that isn't there",
            values(temporary.resolve("none")),
            StandardErrorCode.NOT_FOUND,
            "base_path"),
        BrokenConfiguration.foundByTest(
            "a file for a directory",
            values(temporary.resolve("file.csv")),
            StandardErrorCode.INVALID_CONFIGURATION,
            "base_path"),
        BrokenConfiguration.foundByTest(
            "a file system that isn't installed",
            ConfigurationValues.empty().with("type", "uri").with("base_path", "nosuch:/files"),
            StandardErrorCode.UNSUPPORTED,
            "base_path"));
  }

  @Override
  public TableName someTable() {
    return SchemaName.of(".").table("customers.csv");
  }
}
