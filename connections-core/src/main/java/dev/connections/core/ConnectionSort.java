package dev.connections.core;

/** By what a list of connections is sorted. Equal ones follow by their ids. */
public enum ConnectionSort {
  /** By name, without regard to case. */
  NAME,
  /** By the time they were created. */
  CREATED,
  /** By the time of the last test; those never tested count as the oldest. */
  LAST_TESTED
}
