package dev.connections.testkit;

import dev.connections.api.Parallel;

class PlainParallelTest extends ParallelContract {
  @Override
  protected Parallel parallel() {
    return new PlainParallel();
  }
}
