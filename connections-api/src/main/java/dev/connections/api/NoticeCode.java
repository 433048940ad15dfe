package dev.connections.api;

/** What notices are about, beside the failures of {@link StandardErrorCode}. */
public enum NoticeCode implements ErrorCode {
  /** Objects exist that this login may not see. */
  HIDDEN_BY_PERMISSION(Category.PERMISSION),
  /** A section wasn't read. */
  NOT_LOADED(Category.UNSUPPORTED),
  /** A limit ended the reading before everything was seen. */
  TRUNCATED(Category.DATA),
  /** What was inferred may well be wrong. */
  LOW_CONFIDENCE(Category.DATA),
  /** The data deviates from what its format or its neighbours promise. */
  IRREGULAR(Category.DATA),
  /** Something was left out on purpose, such as a special file. */
  SKIPPED(Category.DATA),
  /** A native type without a neutral counterpart; it is kept by its name. */
  UNKNOWN_TYPE(Category.DATA),
  /** Reading it may take long. */
  LARGE(Category.DATA);

  private final Category category;

  NoticeCode(Category category) {
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
}
