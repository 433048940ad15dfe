package dev.connections.core.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes a key file so that nobody ever sees half of one and the first of several processes wins:
 * the content is written to a file of its own, which then gets the wanted name as a second one.
 * Giving a name fails where the name is taken, unlike moving.
 */
final class NewKeyFile {
  private NewKeyFile() {}

  /**
   * Makes the file, unless it is there when we come to it.
   *
   * @param file an absolute path
   * @throws IOException if it is neither there nor can be made
   */
  static void make(Path file) throws IOException {
    Path directory = Optional.ofNullable(file.getParent()).orElse(file);
    Files.createDirectories(directory, attributes(directory, "rwx------"));
    Path draft = directory.resolve(".key-" + UUID.randomUUID());
    try {
      write(draft);
      try {
        Files.createLink(file, draft);
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        // Also where the name is taken: then writing ends likewise, and the file is the one to use.
        write(file);
      }
    } catch (FileAlreadyExistsException anotherWasFirst) {
      // Its key is as good as ours.
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void write(Path path) throws IOException {
    String text = Base64.getEncoder().encodeToString(KeyEncryptionKey.randomBytes()) + "\n";
    ByteBuffer content = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes(path, "rw-------"))) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      if (channel instanceof FileChannel onDisk) {
        onDisk.force(true); // what is encrypted with it may reach the disk before it otherwise
      }
    }
  }

  /**
   * {@return whether the file system says who may read a file}
   *
   * @param path a path of it
   */
  static boolean knowsOwners(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, String rights) {
    return knowsOwners(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
