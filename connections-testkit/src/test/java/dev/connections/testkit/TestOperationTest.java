package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestOperationTest {
  @Test
  void hooks_run_when_the_deadline_passes() throws InterruptedException {
    TestOperation operation = TestOperation.within(Duration.ofMillis(20));
    CountDownLatch ran = new CountDownLatch(1);

    operation.onCancel(ran::countDown);

    assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(operation.cancelled()).isFalse();
    assertThat(catchThrowableOfType(ConnectionException.class, operation::checkpoint).code())
        .isEqualTo(StandardErrorCode.TIMEOUT);
  }

  @Test
  void hooks_run_once_when_it_is_cancelled_and_at_once_after_that() {
    TestOperation operation = TestOperation.start();
    AtomicInteger runs = new AtomicInteger();
    operation.onCancel(runs::incrementAndGet);
    operation.onCancel(runs::incrementAndGet).close();

    operation.cancel();
    operation.cancel();
    assertThat(runs).hasValue(1);
    operation.onCancel(runs::incrementAndGet);

    assertThat(runs).hasValue(2);
    assertThat(catchThrowableOfType(ConnectionException.class, operation::checkpoint).code())
        .isEqualTo(StandardErrorCode.CANCELLED);
  }
}
