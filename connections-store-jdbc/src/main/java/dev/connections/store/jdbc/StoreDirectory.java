package dev.connections.store.jdbc;

import dev.connections.api.Failure;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The files of a store in the file system, and who may read them. */
final class StoreDirectory {
  private static final Duration OTHERS_OPEN = Duration.ofSeconds(60);
  private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private StoreDirectory() {}

  /**
   * Makes the file if there is none, empty and its owner's alone, in a directory that is made
   * likewise. A file that others may read is refused.
   */
  static void prepare(Path file) {
    try {
      Path directory = file.getParent();
      if (directory != null && !Files.isDirectory(directory)) {
        Files.createDirectories(directory, attributes(directory, "rwx------"));
      }
      make(file);
      if (!Files.isRegularFile(file)) {
        throw SqliteFaults.notAStore().asException();
      }
      refuseIfExposed(file);
    } catch (IOException e) {
      throw StoreStates.inaccessible("The file of the connection store can't be made.");
    }
  }

  /** An empty file that is its owner's alone, unless there is one. */
  static void make(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file, "rw-------"));
    } catch (FileAlreadyExistsException thereIsOne) {
      // The one to use.
    }
  }

  /** An empty file that is its owner's alone, for a copy. */
  static void makeNew(Path file) throws IOException {
    Files.createFile(file, attributes(file, "rw-------"));
  }

  private static void refuseIfExposed(Path file) throws IOException {
    if (knowsRights(file)
        && !OWNERS.containsAll(
            Files.getPosixFilePermissions(file, new LinkOption[0]).stream()
                .filter(right -> right != PosixFilePermission.OWNER_EXECUTE)
                .toList())) {
      throw Failure.of(
              StoreErrorCode.STORE_EXPOSED,
              "Others than its owner may read or write the file of the connection store.")
          .withRemedy("Take their rights away: chmod 600 on the file.")
          .asException();
    }
  }

  /**
   * Does some work while nobody else opens the same store, in this process or another one. The lock
   * is a file of its own: to open and close the store's file itself would take SQLite's locks off.
   */
  static <T> T alone(Path file, Supplier<T> work) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      make(lockFile);
      try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
          FileLock lock = lock(channel)) {
        if (!lock.isValid()) {
          throw StoreStates.busy();
        }
        return work.get();
      }
    } catch (ClosedByInterruptException e) {
      throw StoreStates.cancelled();
    } catch (IOException e) {
      throw StoreStates.inaccessible("The lock file of the connection store can't be made.");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    long end = System.nanoTime() + OTHERS_OPEN.toNanos();
    while (System.nanoTime() < end) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException anotherThreadHasIt) {
        // As if another process had it.
      }
      pause();
    }
    throw StoreStates.busy();
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(TRY_AGAIN_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreStates.cancelled();
    }
  }

  private static boolean knowsRights(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, String rights) {
    return knowsRights(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
