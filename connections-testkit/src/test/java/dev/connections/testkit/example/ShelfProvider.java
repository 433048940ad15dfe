package dev.connections.testkit.example;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;

/** The example of docs/writing-an-adapter.md: tables described in one text file, a shelf. */
public final class ShelfProvider implements ConnectionAdapterProvider {
  static final Field<String> FILE =
      Field.text("file")
          .label("File")
          .help("A text file with a line for each table: its name, a colon, its columns.")
          .example("/data/books.shelf")
          .required();

  private static final ConnectionType TYPE =
      ConnectionType.of("shelf", "Shelf", ConnectionType.Family.FILES).build();

  private static final ConfigurationSpec SPEC =
      ConfigurationSpec.version(1).group("source", "Source", FILE).build();

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return SPEC;
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    return new ShelfAdapter(configuration.get(FILE), context);
  }
}
