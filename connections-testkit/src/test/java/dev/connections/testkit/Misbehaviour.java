package dev.connections.testkit;

import java.util.Set;

/** One way of breaking the contract, and the tests of the contract that notice: those, no other. */
record Misbehaviour(
    String description, Twist twist, boolean slowable, boolean hangs, Set<String> caughtBy) {
  static Misbehaviour of(String description, Twist twist, String... caughtBy) {
    return new Misbehaviour(description, twist, false, false, Set.of(caughtBy));
  }

  /** One that shows itself only when calls take their time. */
  static Misbehaviour slow(String description, Twist twist, String... caughtBy) {
    return new Misbehaviour(description, twist, true, false, Set.of(caughtBy));
  }

  /** {@return the same, which is waited for less long, as it never ends} */
  Misbehaviour hanging() {
    return new Misbehaviour(description, twist, slowable, true, caughtBy);
  }

  @Override
  public String toString() {
    return description;
  }
}
