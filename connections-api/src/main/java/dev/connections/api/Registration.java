package dev.connections.api;

/** Takes back what was registered, such as a hook. Safe for any thread. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
  /** Takes the registration back. Calling it again does nothing. */
  @Override
  void close();
}
