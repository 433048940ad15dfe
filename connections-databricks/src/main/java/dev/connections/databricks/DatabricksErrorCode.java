package dev.connections.databricks;

import dev.connections.api.Category;
import dev.connections.api.ErrorCode;

/** The failures that Databricks has beside those of every service on the web. */
public enum DatabricksErrorCode implements ErrorCode {
  /** No metastore is assigned to the workspace: Unity Catalog is off. */
  NO_METASTORE(Category.UNSUPPORTED),
  /** The warehouse or cluster doesn't run. */
  COMPUTE_STOPPED(Category.UNAVAILABLE),
  /** The warehouse or cluster was waited for and takes no statement yet. */
  COMPUTE_STARTING(Category.UNAVAILABLE),
  /** There is no such warehouse or cluster, or it is hidden, or it was deleted. */
  NO_COMPUTE(Category.NOT_FOUND),
  /** The warehouse or cluster doesn't accept a statement. */
  STATEMENT_REFUSED(Category.DATA);

  private final Category category;

  DatabricksErrorCode(Category category) {
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
