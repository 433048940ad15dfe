/**
 * The contract that every adapter passes, and what its tests need: a synthetic adapter, plain
 * remote calls, canaries and log capture.
 */
module dev.connections.testkit {
  requires transitive dev.connections.api;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires transitive org.assertj.core;
  requires transitive java.logging;
  requires static transitive org.jspecify;

  exports dev.connections.testkit;

  // The parts of the contract are package-private interfaces; JUnit calls their tests.
  opens dev.connections.testkit to
      org.junit.platform.commons;
}
