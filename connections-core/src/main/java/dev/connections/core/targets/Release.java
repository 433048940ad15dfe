package dev.connections.core.targets;

import java.util.Optional;

/** Which release of this library is running. */
final class Release {
  private Release() {}

  /** The version as the jar's manifest has it; there is none in a folder of classes. */
  static String version() {
    return Optional.ofNullable(Release.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }
}
