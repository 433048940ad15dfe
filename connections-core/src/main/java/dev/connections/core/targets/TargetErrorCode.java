package dev.connections.core.targets;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that targets have of their own. */
public enum TargetErrorCode implements ErrorCode {
  /** An output or a temporary file can't be written. */
  OUTPUT_NOT_WRITTEN(Category.UNAVAILABLE),
  /** A file that is to be read is no snapshot, or is damaged. */
  MALFORMED_SNAPSHOT(Category.DATA),
  /** A snapshot was written in a form that this release doesn't know. */
  UNKNOWN_SNAPSHOT_VERSION(Category.UNSUPPORTED),
  /** A snapshot's file can't be read. */
  SNAPSHOT_NOT_READ(Category.UNAVAILABLE);

  private final Category category;

  TargetErrorCode(Category category) {
    this.category = category;
  }

  @Override
  public String id() {
    return name();
  }

  @Override
  public Category category() {
    return category;
  }

  /** {@return false: a full disk or a missing folder doesn't mend itself} */
  @Override
  public boolean transientFailure() {
    return false;
  }
}
