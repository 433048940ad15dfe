package dev.connections.filesystem.internal.paths;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileFailures;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * The connection's directory, absolute and with every link in it resolved. Nothing above it is ever
 * opened.
 *
 * <p>Where the file system offers it, a file is reached name by name through open directories, and
 * no name may be a symbolic link: then nobody can exchange a directory on the way for a link. Where
 * it doesn't, the real path is checked before and after the file is opened. Hard links look like
 * any other file and can't be told from them.
 */
public final class BaseDirectory {
  private static final Set<OpenOption> READ_NO_LINK =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path real;
  private final boolean followLinks;

  BaseDirectory(Path real, boolean followLinks) {
    this.real = real;
    this.followLinks = followLinks;
  }

  /** {@return the directory, absolute and without links} */
  public Path path() {
    return real;
  }

  /** {@return whether links that stay inside are followed} */
  public boolean followsLinks() {
    return followLinks;
  }

  /**
   * {@return where a relative path lies; nothing is touched}
   *
   * @param relative names below this directory
   * @throws ConnectionException if a name means something else on this file system
   */
  public Path resolve(RelativePath relative) {
    Path path = real;
    for (String name : relative.names()) {
      Path child;
      try {
        child = real.getFileSystem().getPath(name);
      } catch (InvalidPathException notOfThisFileSystem) {
        throw FileFailures.missing(relative.text()).asException();
      }
      if (child.isAbsolute() || child.getRoot() != null || child.getNameCount() != 1) {
        throw FileFailures.outside(relative.text()).asException();
      }
      path = path.resolve(child);
    }
    return path;
  }

  /**
   * {@return an existing directory below this one, without links}
   *
   * @param relative names below this directory
   * @throws IOException if it doesn't exist or can't be read
   * @throws ConnectionException if it leads out of this directory
   */
  public Path directory(RelativePath relative) throws IOException {
    Path directory = inside(resolve(relative), relative);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(relative.text());
    }
    return directory;
  }

  /**
   * {@return whether what a link points to lies inside this directory}
   *
   * @param path below this directory
   * @throws IOException if it points nowhere
   */
  public boolean contains(Path path) throws IOException {
    return path.toRealPath().startsWith(real);
  }

  private Path inside(Path path, RelativePath relative) throws IOException {
    Path target = path.toRealPath();
    if (target.equals(path)) {
      return target; // no link in it, and made of names below this directory
    }
    // Element by element: a sibling whose name merely begins alike isn't inside.
    if (!target.startsWith(real)) {
      throw FileFailures.outside(relative.text()).asException();
    }
    if (!followLinks && !target.equals(path.toRealPath(LinkOption.NOFOLLOW_LINKS))) {
      throw FileFailures.outside(relative.text()).asException();
    }
    return target;
  }

  /**
   * {@return size and times of a regular file}
   *
   * @param relative names below this directory
   * @throws IOException if it doesn't exist or can't be read
   * @throws ConnectionException if it leads out of this directory, or isn't a regular file
   */
  public BasicFileAttributes attributes(RelativePath relative) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(
            inside(resolve(relative), relative),
            BasicFileAttributes.class,
            LinkOption.NOFOLLOW_LINKS);
    requireRegular(attributes, relative);
    return attributes;
  }

  /**
   * {@return a regular file, open for reading}
   *
   * @param relative names below this directory
   * @throws IOException if it doesn't exist or can't be read
   * @throws ConnectionException if it leads out of this directory, or isn't a regular file
   */
  public OpenFile open(RelativePath relative) throws IOException {
    Path path = resolve(relative);
    RelativePath names = relative;
    if (followLinks) {
      path = inside(path, relative);
      names = relative(path);
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(real)) {
      if (stream instanceof SecureDirectoryStream<Path> secure) {
        return openBelow(secure, names, relative);
      }
    }
    return openChecked(path, relative);
  }

  private RelativePath relative(Path inside) {
    Path rest = real.relativize(inside);
    RelativePath names = new RelativePath(List.of());
    for (Path name : rest) {
      names = names.child(name.toString());
    }
    return names;
  }

  private OpenFile openBelow(
      SecureDirectoryStream<Path> directory, RelativePath names, RelativePath shown)
      throws IOException {
    Path name = real.getFileSystem().getPath(names.names().get(0));
    if (names.names().size() == 1) {
      BasicFileAttributes attributes = attributes(directory, name);
      requireRegular(attributes, shown);
      return opened(directory.newByteChannel(name, READ_NO_LINK));
    }
    try (SecureDirectoryStream<Path> child = enter(directory, name, shown)) {
      return openBelow(
          child, new RelativePath(names.names().subList(1, names.names().size())), shown);
    }
  }

  private static SecureDirectoryStream<Path> enter(
      SecureDirectoryStream<Path> directory, Path name, RelativePath shown) throws IOException {
    try {
      return directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException | NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) { // the system's word for a link here differs: look what it is
      if (attributes(directory, name).isSymbolicLink()) {
        throw FileFailures.outside(shown.text()).asException(e);
      }
      throw e;
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private OpenFile openChecked(Path path, RelativePath shown) throws IOException {
    Path target = inside(path, shown);
    BasicFileAttributes attributes =
        Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    requireRegular(attributes, shown);
    SeekableByteChannel channel;
    try {
      channel = Files.newByteChannel(target, READ_NO_LINK);
    } catch (UnsupportedOperationException | IllegalArgumentException noSuchOption) {
      channel =
          Files.newByteChannel(target, StandardOpenOption.READ); // a file system without links
    }
    try {
      inside(path, shown); // a directory on the way may have been exchanged meanwhile
      return opened(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static OpenFile opened(SeekableByteChannel channel) throws IOException {
    try {
      return new OpenFile(channel, channel.size());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Opening a pipe would wait for its writer for ever, so nothing but a regular file is opened. */
  private static void requireRegular(BasicFileAttributes attributes, RelativePath shown) {
    if (attributes.isSymbolicLink()) {
      throw FileFailures.outside(shown.text()).asException();
    }
    if (attributes.isDirectory()) {
      throw FileFailures.missing(shown.text()).asException();
    }
    if (!attributes.isRegularFile()) {
      throw Failure.of(
              StandardErrorCode.UNSUPPORTED,
              "'"
                  + FileFailures.shown(shown.text())
                  + "' is a pipe, a socket or a device, not a regular file.")
          .withRemedy("Leave it out by a pattern, or write its content to a regular file.")
          .asException();
    }
  }
}
