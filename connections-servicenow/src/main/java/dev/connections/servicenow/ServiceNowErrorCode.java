package dev.connections.servicenow;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that only ServiceNow has. */
public enum ServiceNowErrorCode implements ErrorCode {
  /** A developer's instance sleeps; it has to be woken by hand. */
  INSTANCE_HIBERNATING(Category.UNAVAILABLE),
  /** The instance cancelled the request because it took too long; a smaller page may do. */
  TRANSACTION_CANCELLED(Category.UNAVAILABLE),
  /** The password is right, and the instance wants a second factor that a program doesn't have. */
  SECOND_FACTOR_NEEDED(Category.AUTHENTICATION),
  /** The instance's interface for programs is closed to this user, whatever the table. */
  INTERFACE_CLOSED(Category.PERMISSION),
  /** The instance doesn't sort for this user, so a long table can't be read page by page. */
  ORDER_REFUSED(Category.PERMISSION);

  private final Category category;

  ServiceNowErrorCode(Category category) {
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

  /** {@return never: the same request would end the same way} */
  @Override
  public boolean transientFailure() {
    return false;
  }
}
