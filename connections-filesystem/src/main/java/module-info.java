/** Files as tables. */
module dev.connections.filesystem {
  requires transitive dev.connections.api;
  requires com.fasterxml.jackson.core;
  requires java.xml;
  requires parquet.format.structures;
  requires static aircompressor;
  requires static org.jspecify;

  exports dev.connections.filesystem;

  provides dev.connections.api.ConnectionAdapterProvider with
      dev.connections.filesystem.internal.adapter.FilesProvider;
}
