package dev.connections.store.jdbc;

import dev.connections.api.Failure;
import dev.connections.core.CoreErrorCode;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Copies a store while it is in use: the copy is the store as it was at one moment. It gets its
 * name when it is whole and on the disk.
 */
final class SqliteBackup {
  private SqliteBackup() {}

  /** Makes a copy under a name that nothing has yet. */
  static void to(SqliteFile file, Path copy) {
    Path target = copy.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw taken();
    }
    make(file, target);
  }

  /** Makes a copy that takes the place of a former one. */
  static void replacing(SqliteFile file, Path copy) {
    make(file, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void make(SqliteFile file, Path target, CopyOption... options) {
    Path draft = target.resolveSibling(".backup-" + UUID.randomUUID());
    try {
      try {
        StoreDirectory.makeNew(draft);
        copy(file, draft);
        try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          written.force(true);
        }
        Files.move(draft, target, options);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken();
    } catch (ClosedByInterruptException e) {
      throw StoreStates.cancelled();
    } catch (IOException e) {
      throw StoreStates.inaccessible("The copy of the connection store can't be written.");
    }
  }

  private static void copy(SqliteFile file, Path draft) {
    try (Session session = new Session(file.source().getConnection(), Dialect.SQLITE)) {
      session.update("VACUUM INTO ?", draft.toString());
    } catch (SQLException e) {
      throw SqliteFaults.translate(e);
    }
  }

  private static RuntimeException taken() {
    return Failure.of(
            CoreErrorCode.INVALID_ARGUMENT, "There is a file already where the copy shall be.")
        .withRemedy("Choose another name for the copy.")
        .asException();
  }
}
