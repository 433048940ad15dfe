package dev.connections.core.targets;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Where a target writes. */
sealed interface Output {
  /** Writes everything at once; what is there before stays as it is if that fails. */
  void write(Content content) throws IOException;

  /** What a user calls it, without the folder it lies in. */
  String display();

  static Output file(Path path) {
    return new File(path.toAbsolutePath());
  }

  static Output writer(Writer writer) {
    return new Given(Objects.requireNonNull(writer, "writer"));
  }

  /** Writes one output. */
  interface Content {
    void write(Writer writer) throws IOException;
  }

  /** A file, which appears or changes only when all of it is written. */
  record File(Path path) implements Output {
    @Override
    public void write(Content content) throws IOException {
      Path folder = path.getParent();
      Path part = Files.createTempFile(folder, path.getFileName().toString(), ".part");
      try {
        // Halves of characters become question marks instead of ending it all.
        try (Writer writer =
            new BufferedWriter(
                new OutputStreamWriter(Files.newOutputStream(part), StandardCharsets.UTF_8))) {
          content.write(writer);
        }
        move(part);
      } finally {
        Files.deleteIfExists(part);
      }
    }

    private void move(Path part) throws IOException {
      try {
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException unsupported) {
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    @Override
    public String display() {
      return "the file '" + path.getFileName() + "'";
    }
  }

  /** A writer of the caller's, who closes it. */
  record Given(Writer writer) implements Output {
    @Override
    public void write(Content content) throws IOException {
      BufferedWriter buffered = new BufferedWriter(writer);
      content.write(buffered);
      buffered.flush();
    }

    @Override
    public String display() {
      return "the output";
    }
  }
}
