package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterLife;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.listing.ListingRules;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.Location;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Lists directories below the connection's. Names that are left out of listings of tables are left
 * out here as well, and so are links, unless the connection follows those that stay inside.
 */
final class Directories implements DirectoryBrowser {
  private final Location location;
  private final AdapterLife life;

  Directories(Location location, AdapterLife life) {
    this.location = location;
    this.life = life;
  }

  @Override
  public List<String> directories(String directory, Operation operation) {
    Operation call = life.during(operation);
    RelativePath relative =
        directory.isEmpty() || directory.equals(RelativePath.ROOT)
            ? new RelativePath(List.of())
            : RelativePath.parse(directory);
    try {
      return names(location.open(), relative, call);
    } catch (IOException e) {
      throw FileFailures.of(relative.text(), e, call);
    }
  }

  private static List<String> names(BaseDirectory base, RelativePath relative, Operation call)
      throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(base.directory(relative))) {
      for (Path entry : entries) {
        call.checkpoint();
        Path last = entry.getFileName();
        String name = last == null ? "" : last.toString().replaceFirst("/$", "");
        if (!ListingRules.isHidden(name) && !name.isEmpty() && isDirectory(base, entry)) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return List.copyOf(names);
  }

  private static boolean isDirectory(BaseDirectory base, Path entry) throws IOException {
    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    return base.followsLinks() && Files.isDirectory(entry) && base.contains(entry);
  }
}
