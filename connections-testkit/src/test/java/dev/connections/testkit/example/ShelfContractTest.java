package dev.connections.testkit.example;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.testkit.BrokenConfiguration;
import dev.connections.testkit.ConnectionAdapterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class ShelfContractTest extends ConnectionAdapterContract {
  @TempDir Path directory;

  @BeforeEach
  void fillShelf() throws IOException {
    Files.writeString(
        directory.resolve("books.shelf"), "novels: title, author\nessays: title\npoems: line\n");
    Files.writeString(directory.resolve("letter.txt"), "Dear reader,\n");
  }

  private ConfigurationValues file(String name) {
    return ConfigurationValues.empty().with("file", directory.resolve(name).toString());
  }

  @Override
  public ConnectionAdapterProvider provider() {
    return new ShelfProvider();
  }

  @Override
  public ConfigurationValues goodConfiguration() {
    return file("books.shelf");
  }

  @Override
  public List<BrokenConfiguration> brokenConfigurations() {
    return List.of(
        BrokenConfiguration.foundByValidation(
            "no file",
            ConfigurationValues.empty(),
            StandardErrorCode.INVALID_CONFIGURATION,
            "file"),
        BrokenConfiguration.foundByTest(
            "a file that isn't there", file("nix.shelf"), StandardErrorCode.NOT_FOUND, "file"),
        BrokenConfiguration.foundByTest(
            "a file that is no shelf",
            file("letter.txt"),
            StandardErrorCode.MALFORMED_DATA,
            "file"));
  }

  @Override
  public TableName someTable() {
    return SchemaName.of("shelf").table("novels");
  }
}
