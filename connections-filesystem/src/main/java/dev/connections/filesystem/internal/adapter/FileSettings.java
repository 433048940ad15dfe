package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.filesystem.internal.FileFormat;
import dev.connections.filesystem.internal.adapter.FileFields.LocationType;
import dev.connections.filesystem.internal.listing.ListingRules;
import dev.connections.filesystem.internal.paths.Location;
import dev.connections.filesystem.internal.paths.NamePattern;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration, read.
 *
 * @param location where the directory is
 * @param rules which files are tables
 * @param unread formats that the configuration names and this version doesn't read
 * @param preview whether first rows may be shown
 */
record FileSettings(Location location, ListingRules rules, List<String> unread, boolean preview) {
  static FileSettings of(Configuration configuration, AdapterContext context) {
    List<String> named = configuration.get(FileFields.FORMATS);
    Set<FileFormat> formats = EnumSet.noneOf(FileFormat.class);
    named.forEach(name -> FileFormat.ofId(name).ifPresent(formats::add));
    ListingRules rules =
        new ListingRules(
            named.isEmpty() ? EnumSet.allOf(FileFormat.class) : formats,
            configuration.find(FileFields.PATTERN).map(NamePattern::of),
            configuration.get(FileFields.RECURSIVE),
            configuration.get(FileFields.MOST_FILES),
            Long.MAX_VALUE,
            configuration.get(FileFields.DEEPEST),
            configuration.get(ReadFields.DIRECTORY) == ReadFields.Directory.ONE_TABLE);
    return new FileSettings(
        location(configuration, context),
        rules,
        named.stream().filter(name -> FileFormat.ofId(name).isEmpty()).distinct().toList(),
        configuration.get(ReadFields.PREVIEW));
  }

  private static Location location(Configuration configuration, AdapterContext context) {
    String path = configuration.get(FileFields.BASE_PATH);
    boolean follow = configuration.get(FileFields.FOLLOW_LINKS);
    return configuration.get(FileFields.TYPE) == LocationType.URI
        ? Location.at(URI.create(path), follow, context.egress())
        : Location.local(path, follow, context.egress());
  }

  /** That files of some formats aren't listed, if the configuration names such formats. */
  Optional<Notice> unreadNotice() {
    return unread.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Notice.of(NoticeCode.NOT_LOADED, new Notice.Scope.Source(), unreadMessage())
                .withRemedy(
                    "Take them off the list of formats, or leave them for a later version."));
  }

  String unreadMessage() {
    return "Files of the format"
        + (unread.size() == 1 ? " " : "s ")
        + String.join(", ", unread)
        + " aren't read by this version; they aren't listed.";
  }
}
