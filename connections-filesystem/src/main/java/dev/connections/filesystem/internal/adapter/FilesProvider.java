package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;

/** Offers connections to directories of files. */
public final class FilesProvider implements ConnectionAdapterProvider {
  private static final ConnectionType TYPE =
      ConnectionType.of("filesystem", "File system", ConnectionType.Family.FILES)
          .storedAs("FileSystem")
          .icon("folder")
          .color("#8a6d3b")
          .build();

  /** Made by {@code ServiceLoader}. */
  public FilesProvider() {}

  @Override
  public ConnectionType type() {
    return TYPE;
  }

  @Override
  public ConfigurationSpec configuration() {
    return FileFields.SPEC;
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    TableReader reader = TableReader.create(ReadOptions.of(configuration), context.parallel());
    return new FilesAdapter(FileSettings.of(configuration, context), context, reader);
  }
}
