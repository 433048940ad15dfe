package dev.connections.simulators.internal.databricks;

import org.jspecify.annotations.Nullable;

/** One statement and how far it is. */
final class SubmittedStatement {
  private final String id;
  private final String warehouse;
  private final Rows rows;
  private final @Nullable StatementRefused refused;
  private final long limit;
  private String state = "PENDING";
  private int asked;

  SubmittedStatement(
      String id, String warehouse, Rows rows, @Nullable StatementRefused refused, long limit) {
    this.id = id;
    this.warehouse = warehouse;
    this.rows = rows;
    this.refused = refused;
    this.limit = limit;
  }

  synchronized String state() {
    return state;
  }

  synchronized void end(String how) {
    if (state.equals("PENDING") || state.equals("RUNNING")) {
      state = how;
    }
  }

  synchronized void asked(int doneAfter) {
    if (++asked >= doneAfter) {
      end(refused == null ? "SUCCEEDED" : "FAILED");
    } else {
      state = state.equals("PENDING") ? "RUNNING" : state;
    }
  }

  String id() {
    return id;
  }

  String warehouse() {
    return warehouse;
  }

  Rows rows() {
    return rows;
  }

  @Nullable StatementRefused refused() {
    return refused;
  }

  long limit() {
    return limit;
  }
}
