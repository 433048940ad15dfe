package dev.connections.core.secrets;

import dev.connections.api.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Secrets in files, one in each. */
final class FileSecrets implements SecretResolver {
  private static final int MOST_BYTES = 64 * 1024;

  private final List<Path> directories;

  FileSecrets(List<Path> directories) {
    if (directories.isEmpty()) {
      throw new IllegalArgumentException("name the directories that connections may read from");
    }
    this.directories =
        directories.stream().map(directory -> directory.toAbsolutePath().normalize()).toList();
    if (this.directories.stream().anyMatch(directory -> directory.getParent() == null)) {
      throw new IllegalArgumentException("a root isn't a directory of secrets");
    }
  }

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public Secret resolve(SecretReference reference) {
    try {
      return read(reference, found(reference));
    } catch (NoSuchFileException notThere) {
      throw reference.missing();
    } catch (IOException | SecurityException unreadable) {
      throw reference.unreadable();
    } catch (InvalidPathException noPath) {
      throw reference.refused();
    }
  }

  /** The file itself, with all links followed. What lies elsewhere isn't even looked for. */
  private Path found(SecretReference reference) throws IOException {
    for (Path directory : directories) {
      Path file = directory.resolve(reference.name()).normalize();
      if (file.startsWith(directory) && !file.equals(directory)) {
        Path real = file.toRealPath();
        if (real.startsWith(directory.toRealPath())) {
          return real;
        }
      }
    }
    throw reference.refused();
  }

  private static Secret read(SecretReference reference, Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw reference.unreadable(); // a pipe would keep us waiting
    }
    byte[] content;
    try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      content = stream.readNBytes(MOST_BYTES + 1);
    }
    try {
      int length = withoutLineBreak(content);
      if (length == 0) {
        throw reference.missing();
      }
      if (content.length > MOST_BYTES) {
        throw reference.unreadable();
      }
      return SecretText.of(content, length).orElseThrow(reference::unreadable);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static int withoutLineBreak(byte[] content) {
    int length = content.length;
    if (length > 0 && content[length - 1] == '\n') {
      length--;
    }
    if (length > 0 && content[length - 1] == '\r') {
      length--;
    }
    return length;
  }
}
