package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.CallLimits;
import dev.connections.api.Operation;
import dev.connections.api.Parallel;
import dev.connections.api.RemoteCalls;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlainParallelTest extends ParallelContract {
  @Override
  protected Parallel parallel() {
    return new PlainParallel();
  }

  @Test
  void parallel_work_within_a_call_makes_no_calls_and_asks_for_no_tokens() {
    TestAdapterContext context = TestAdapterContext.create();
    RemoteCalls calls = context.calls(CallLimits.parallel(4));
    Operation operation = TestOperation.start();
    AtomicInteger refused = new AtomicInteger();

    calls.<String>read(
        "outer",
        operation,
        attempt -> {
          context
              .parallel()
              .forEach(
                  List.of(1, 2, 3, 4, 5, 6),
                  3,
                  operation,
                  item -> {
                    assertThatThrownBy(() -> calls.read("inner", operation, a -> "nested"))
                        .isInstanceOf(IllegalStateException.class);
                    assertThatThrownBy(
                            () ->
                                context
                                    .tokens()
                                    .current(
                                        operation,
                                        (refreshToken, o) -> {
                                          throw new AssertionError("asked");
                                        }))
                        .isInstanceOf(IllegalStateException.class);
                    refused.incrementAndGet();
                  });
          return "answer";
        });

    assertThat(refused).hasValue(6);
  }
}
