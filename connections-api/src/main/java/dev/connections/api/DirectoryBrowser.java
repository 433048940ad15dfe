package dev.connections.api;

import java.util.List;

/** A feature: lists directories, for a form in which a user chooses one. */
public interface DirectoryBrowser {
  /**
   * {@return the directories within a directory, in the order of their names}
   *
   * @param directory a path relative to the connection's base, with {@code /} between names; empty
   *     for the base itself
   * @param operation deadline and cancellation
   * @throws ConnectionException if the path leaves the base, doesn't exist or can't be read
   */
  List<String> directories(String directory, Operation operation);
}
