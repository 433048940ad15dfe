package dev.connections.api;

/** Says what a value should have been; the value itself is never part of it. */
final class ValueProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;

  ValueProblem(String expected) {
    super(expected, null, false, false);
    this.expected = expected;
  }

  /** {@return what was expected, to follow "must be "} */
  String expected() {
    return expected;
  }
}
