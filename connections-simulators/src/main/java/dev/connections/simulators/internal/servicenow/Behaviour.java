package dev.connections.simulators.internal.servicenow;

/** What an administrator of the instance may have set. Safe for use by several threads. */
public final class Behaviour {
  private volatile int mostRowsPerPage = Integer.MAX_VALUE;
  private volatile boolean invalidQueriesReturnNoRows;

  /** Cancels the transaction of a page with more rows. */
  public void mostRowsPerPage(int rows) {
    mostRowsPerPage = rows;
  }

  /** Sets {@code glide.invalid_query.returns_no_rows}. */
  public void invalidQueriesReturnNoRows(boolean value) {
    invalidQueriesReturnNoRows = value;
  }

  int mostRowsPerPage() {
    return mostRowsPerPage;
  }

  boolean invalidQueriesReturnNoRows() {
    return invalidQueriesReturnNoRows;
  }
}
