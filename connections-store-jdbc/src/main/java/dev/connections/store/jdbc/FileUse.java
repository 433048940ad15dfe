package dev.connections.store.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That a store uses a file. Each process that does holds a shared lock on a file beside it, and the
 * operating system takes the lock away when the process dies, however that happens. So who opens
 * the file and finds no lock knows that nobody else lives who has begun something in it.
 *
 * <p>The lock is the process's, and is lost when it closes any handle of that file: so there is one
 * handle for all stores of the process.
 */
final class FileUse implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileUse.class);

  /** The files that this process uses. Guarded by itself. */
  private static final Map<Path, Handle> HANDLES = new HashMap<>();

  private final Path key;
  private final boolean only;
  private boolean ended;

  private FileUse(Path key, boolean only) {
    this.key = key;
    this.only = only;
  }

  /** The one handle, and how many stores there are behind it. */
  private static final class Handle {
    private final Optional<FileChannel> channel;
    private int users = 1;

    Handle(Optional<FileChannel> channel) {
      this.channel = channel;
    }
  }

  /**
   * Begins to use a file. To be called by one process at a time, see {@link StoreDirectory#alone}.
   * Where the file system knows no locks, nobody is ever known to be the only one.
   *
   * @param file the store's file, which is there
   */
  static FileUse begin(Path file) {
    Path key = real(file);
    synchronized (HANDLES) {
      Handle handle = HANDLES.get(key);
      if (handle != null) {
        handle.users++;
        return new FileUse(key, false);
      }
      Optional<FileChannel> channel = Optional.empty();
      boolean only = false;
      try {
        Path beside = key.resolveSibling(key.getFileName() + ".users");
        StoreDirectory.make(beside);
        FileChannel opened =
            FileChannel.open(beside, StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = Optional.of(opened);
        only = locked(opened);
      } catch (IOException | OverlappingFileLockException unknown) {
        LOG.debug("Whether others use the file of the store can't be told.");
      }
      HANDLES.put(key, new Handle(channel));
      return new FileUse(key, only);
    }
  }

  /** Takes the shared lock; tells whether nobody else has one. */
  private static boolean locked(FileChannel channel) throws IOException {
    boolean only = false;
    FileLock all = channel.tryLock(0, Long.MAX_VALUE, false);
    if (all != null) {
      only = true;
      all.release();
    }
    return channel.tryLock(0, Long.MAX_VALUE, true) != null && only;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  /** Whether no other store used the file when this one began to, in any process. */
  boolean only() {
    return only;
  }

  /** Ends it. Calling it again does nothing. */
  @Override
  public void close() {
    synchronized (HANDLES) {
      Handle handle = HANDLES.get(key);
      if (ended || handle == null) {
        return;
      }
      ended = true;
      handle.users--;
      if (handle.users == 0) {
        HANDLES.remove(key);
        handle.channel.ifPresent(FileUse::close);
      }
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A handle beside the file of the store couldn't be closed.");
    }
  }
}
