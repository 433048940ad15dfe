package dev.connections.core.observe;

/** How an observed operation ended. */
public enum Outcome {
  /** As it should. */
  SUCCEEDED,
  /** By a failure, or with a test that failed. */
  FAILED,
  /** By the caller's wish. */
  CANCELLED
}
