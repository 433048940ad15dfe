package dev.connections.jdbc;

/** Something whose closing throws nothing. */
interface SafeCloseable extends AutoCloseable {
  @Override
  void close();
}
