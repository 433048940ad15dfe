package dev.connections.testkit;

import java.util.Set;

/** One way of breaking the contract, and the tests of the contract that notice: those, no other. */
record Misbehaviour(String description, Twist twist, boolean slowable, Set<String> caughtBy) {
  static Misbehaviour of(String description, Twist twist, String... caughtBy) {
    return new Misbehaviour(description, twist, false, Set.of(caughtBy));
  }

  /** One that shows itself only when calls take their time. */
  static Misbehaviour slow(String description, Twist twist, String... caughtBy) {
    return new Misbehaviour(description, twist, true, Set.of(caughtBy));
  }

  @Override
  public String toString() {
    return description;
  }
}
