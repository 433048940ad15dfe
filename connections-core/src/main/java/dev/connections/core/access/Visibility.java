package dev.connections.core.access;

import java.util.Locale;
import java.util.Optional;

/** Who sees a connection besides its owner and the account's admins. */
public enum Visibility {
  /** The account sees and uses it; its owner and admins change it. */
  PUBLIC,
  /** Its owner and admins see, use and change it. Connections begin like this. */
  PRIVATE,
  /** The account sees and uses it; only admins change it. */
  LOCKED;

  /** {@return the spelling that is stored: the name in lower case} */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the visibility of a stored spelling; empty if there is none of that name}
   *
   * @param stored compared without regard to case
   */
  public static Optional<Visibility> ofStored(String stored) {
    for (Visibility visibility : values()) {
      if (visibility.name().equalsIgnoreCase(stored)) {
        return Optional.of(visibility);
      }
    }
    return Optional.empty();
  }
}
