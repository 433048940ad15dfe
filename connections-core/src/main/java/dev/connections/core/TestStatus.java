package dev.connections.core;

import java.util.Locale;
import java.util.Optional;

/** How a connection's last test ended, in one word. */
public enum TestStatus {
  /** Never tested since its configuration was last changed. */
  UNTESTED,
  /** A test is running. */
  PENDING,
  /** The last test passed, with or without warnings. */
  SUCCESS,
  /** The last test failed. */
  FAILED;

  /** {@return the spelling that is stored: the name in lower case} */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the status of a stored spelling; empty if there is none of that name}
   *
   * @param stored compared without regard to case
   */
  public static Optional<TestStatus> ofStored(String stored) {
    for (TestStatus status : values()) {
      if (status.name().equalsIgnoreCase(stored)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
