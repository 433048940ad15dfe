package dev.connections.filesystem.internal.paths;

import dev.connections.api.ConnectionException;
import dev.connections.api.EgressPolicy;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Where the connection's directory is, as the configuration says. Nothing is touched before {@link
 * #open}.
 *
 * <p>Safe for any thread. Closing it closes the file system that it opened, if it opened one.
 */
public final class Location implements AutoCloseable {
  /** The configuration's field for the directory. */
  public static final String FIELD = "base_path";

  private static final int HTTPS = 443;

  private final String shown;
  private final Optional<URI> uri;
  private final boolean followLinks;
  private final EgressPolicy egress;
  private Optional<FileSystem> ours = Optional.empty();
  private boolean closed;

  private Location(String shown, Optional<URI> uri, boolean followLinks, EgressPolicy egress) {
    this.shown = shown;
    this.uri = uri;
    this.followLinks = followLinks;
    this.egress = egress;
  }

  /**
   * {@return a directory of this machine}
   *
   * @param path as the user entered it
   * @param followLinks whether links that stay inside are followed
   * @param egress not asked: nothing is dialled
   */
  public static Location local(String path, boolean followLinks, EgressPolicy egress) {
    return new Location(path, Optional.empty(), followLinks, egress);
  }

  /**
   * {@return a directory of any file system}
   *
   * @param uri its scheme decides which provider opens it
   * @param followLinks whether links that stay inside are followed
   * @param egress asked where the URI names a host
   */
  public static Location at(URI uri, boolean followLinks, EgressPolicy egress) {
    // A query may hold a signature, so it isn't shown.
    String shown = uri.toString().replaceFirst("[?#].*", "");
    return new Location(shown, Optional.of(uri), followLinks, egress);
  }

  /** {@return the directory as the user entered it} */
  public String shown() {
    return shown;
  }

  /**
   * {@return the directory, found and checked}
   *
   * @throws ConnectionException if it doesn't exist, isn't a directory, may not be read, or there
   *     is nobody to open it
   */
  public BaseDirectory open() {
    try {
      Path real = path().toRealPath();
      if (!Files.isDirectory(real)) {
        throw Failure.of(
                StandardErrorCode.INVALID_CONFIGURATION, "'" + shown + "' isn't a directory.")
            .withRemedy("Enter the directory that holds the files.")
            .withFieldPaths(List.of(FIELD))
            .asException();
      }
      return new BaseDirectory(real, followLinks);
    } catch (AccessDeniedException e) {
      throw denied().asException(e);
    } catch (ZipException e) {
      throw damaged().asException(e);
    } catch (NoSuchFileException | NotDirectoryException | FileNotFoundException e) {
      throw Failure.of(StandardErrorCode.NOT_FOUND, "The directory '" + shown + "' doesn't exist.")
          .withRemedy(
              "Check the path. It is looked up on the machine that runs this application, which"
                  + " may not be yours.")
          .withFieldPaths(List.of(FIELD))
          .asException(e);
    } catch (IOException e) {
      throw Failure.of(
              StandardErrorCode.UNAVAILABLE, "The directory '" + shown + "' can't be reached now.")
          .withRemedy(
              "Is its disk or network share connected, and does no link in it lead in a circle?")
          .withFieldPaths(List.of(FIELD))
          .asException(e);
    }
  }

  /** {@return that the directory may not be read} */
  public Failure denied() {
    return Failure.of(StandardErrorCode.PERMISSION_DENIED, "No permission to read '" + shown + "'.")
        .withRemedy(
            "Give the account that runs this application the right to list the directory and to"
                + " read its files.")
        .withFieldPaths(List.of(FIELD));
  }

  private Path path() throws IOException {
    if (uri.isEmpty()) {
      return Path.of(shown);
    }
    URI at = uri.get();
    if ("file".equalsIgnoreCase(at.getScheme())) {
      return localPath(at);
    }
    checkHost(at);
    try {
      Optional<Path> known = known(at);
      // Path.of knows no provider of another loader
      return known.isPresent() ? known.get() : fileSystem(at).provider().getPath(at);
    } catch (ProviderNotFoundException | FileSystemNotFoundException e) {
      // An installed provider that can't open what is there is passed over without a word.
      throw (installed(at) ? damaged() : unsupported(at)).asException(e);
    } catch (IllegalArgumentException | SecurityException e) {
      throw badUri().asException(e);
    }
  }

  /**
   * What stands where a host does may be the name of a bucket, which is no address: only what is
   * one can be refused.
   */
  private void checkHost(URI at) {
    if (at.getHost() == null) {
      return;
    }
    try {
      egress.resolve(at.getHost(), at.getPort() < 0 ? HTTPS : at.getPort());
    } catch (ConnectionException e) {
      if (!e.is(StandardErrorCode.UNKNOWN_HOST)) {
        throw e;
      }
    }
  }

  private Path localPath(URI at) {
    try {
      return Path.of(at);
    } catch (IllegalArgumentException e) {
      throw badUri().asException(e);
    }
  }

  /**
   * The path in a file system that the application has opened. Some providers find it by the URI of
   * a path only, and not by that of the file system.
   */
  private static Optional<Path> known(URI at) {
    for (FileSystemProvider provider : FileSystemProvider.installedProviders()) {
      if (provider.getScheme().equalsIgnoreCase(at.getScheme())) {
        try {
          Path path = provider.getPath(at);
          return path.getFileSystem().isOpen() ? Optional.of(path) : Optional.empty();
        } catch (FileSystemNotFoundException | IllegalArgumentException notOpenYet) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private synchronized FileSystem fileSystem(URI at) throws IOException {
    if (closed) {
      throw Failure.of(StandardErrorCode.CANCELLED, "The connection was closed.").asException();
    }
    if (ours.isPresent()) {
      return ours.get();
    }
    try {
      return FileSystems.getFileSystem(at);
    } catch (FileSystemNotFoundException | ProviderNotFoundException notOpenYet) {
      return create(at);
    }
  }

  private FileSystem create(URI at) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      FileSystem made =
          loader == null
              ? FileSystems.newFileSystem(at, Map.of())
              : FileSystems.newFileSystem(at, Map.of(), loader);
      ours = Optional.of(made);
      return made;
    } catch (FileSystemAlreadyExistsException openedByAnotherMeanwhile) {
      return FileSystems.getFileSystem(at);
    }
  }

  private static boolean installed(URI at) {
    return FileSystemProvider.installedProviders().stream()
        .anyMatch(provider -> provider.getScheme().equalsIgnoreCase(at.getScheme()));
  }

  private Failure damaged() {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "What '" + shown + "' names isn't an archive or a file system that can be opened.")
        .withRemedy("Is it complete, and of the kind that the URI says? Copy it again.")
        .withFieldPaths(List.of(FIELD));
  }

  private static Failure unsupported(URI at) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "No file system for '" + at.getScheme() + ":' is installed.")
        .withRemedy("Add the java.nio.file provider of this scheme to the application.")
        .withFieldPaths(List.of(FIELD));
  }

  private static Failure badUri() {
    return Failure.of(
            StandardErrorCode.INVALID_CONFIGURATION,
            "The file system of this scheme can't read the URI.")
        .withRemedy("See the documentation of the java.nio.file provider for the form it expects.")
        .withFieldPaths(List.of(FIELD));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (ours.isPresent()) {
      try {
        ours.get().close();
      } catch (IOException | UnsupportedOperationException e) {
        // Read only: nothing is lost where a provider can't close.
      }
      ours = Optional.empty();
    }
  }
}
