package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.adapter.FileFields.LocationType;
import dev.connections.filesystem.internal.listing.ListingRules;
import dev.connections.filesystem.internal.paths.Location;
import dev.connections.filesystem.internal.paths.NamePattern;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A configuration, read.
 *
 * @param location where the directory is
 * @param rules which files are tables
 * @param preview whether first rows may be shown
 */
record FileSettings(Location location, ListingRules rules, boolean preview) {
  static FileSettings of(Configuration configuration, AdapterContext context) {
    List<String> named = configuration.get(FileFields.FORMATS);
    Set<FileFormat> formats = EnumSet.noneOf(FileFormat.class);
    named.forEach(name -> FileFormat.ofId(name).ifPresent(formats::add));
    ListingRules rules =
        new ListingRules(
            named.isEmpty() ? EnumSet.complementOf(EnumSet.of(FileFormat.XLSX)) : formats,
            configuration.find(FileFields.PATTERN).map(NamePattern::of),
            configuration.get(FileFields.RECURSIVE),
            configuration.get(FileFields.MOST_FILES),
            Long.MAX_VALUE,
            configuration.get(FileFields.DEEPEST),
            configuration.find(FileFields.LONGEST).map(Duration::ofSeconds),
            configuration.get(ReadFields.DIRECTORY) == ReadFields.Directory.ONE_TABLE);
    return new FileSettings(
        location(configuration, context), rules, configuration.get(ReadFields.PREVIEW));
  }

  private static Location location(Configuration configuration, AdapterContext context) {
    String path = configuration.get(FileFields.BASE_PATH);
    boolean follow = configuration.get(FileFields.FOLLOW_LINKS);
    return configuration.get(FileFields.TYPE) == LocationType.URI
        ? Location.at(URI.create(path), follow, context.egress())
        : Location.local(path, follow, context.egress());
  }
}
