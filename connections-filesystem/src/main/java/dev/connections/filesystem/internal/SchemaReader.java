package dev.connections.filesystem.internal;

import dev.connections.api.Operation;
import java.io.IOException;

/** Finds the columns of a file of one format. Safe for any thread. */
public interface SchemaReader {
  /**
   * {@return the file's columns}
   *
   * @param content the file
   * @param limits how much of it is read
   * @param operation asked at checkpoints whether to go on
   * @throws IOException if the file can't be read
   * @throws dev.connections.api.ConnectionException with {@code MALFORMED_DATA} if the file isn't
   *     of the format, {@code TOO_LARGE} if it exceeds a limit, {@code UNSUPPORTED} if the format
   *     has a part we don't read
   */
  InferredSchema read(FileContent content, ReadLimits limits, Operation operation)
      throws IOException;
}
