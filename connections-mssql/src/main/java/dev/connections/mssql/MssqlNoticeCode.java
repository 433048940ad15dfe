package dev.connections.mssql;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** What a list of tables tells besides the standard notices. */
public enum MssqlNoticeCode implements ErrorCode {
  /** The changes of these tables are captured: they could be relied on. */
  CHANGES_CAPTURED(Category.DATA);

  private final Category category;

  MssqlNoticeCode(Category category) {
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
