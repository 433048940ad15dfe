package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.RowPreview;
import java.util.Set;

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
  public Set<Class<?>> features() {
    return Set.of(DirectoryBrowser.class, RowPreview.class);
  }

  @Override
  public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
    ReadOptions options = ReadOptions.of(configuration);
    return new FilesAdapter(
        FileSettings.of(configuration, context),
        context,
        TableReader.create(options, context.parallel()),
        TableReader.create(options.sampled(), context.parallel()));
  }
}
