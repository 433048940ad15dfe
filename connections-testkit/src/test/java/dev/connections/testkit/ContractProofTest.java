package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The contract can fail: each misbehaviour is caught by the tests that are meant to catch it. */
class ContractProofTest {
  static Stream<Misbehaviour> misbehaviours() {
    return Stream.of(
            DescriptionMisbehaviours.ALL,
            TestingMisbehaviours.ALL,
            BrowsingMisbehaviours.ALL,
            ImportMisbehaviours.ALL,
            EndingMisbehaviours.ALL,
            SecrecyMisbehaviours.ALL)
        .flatMap(all -> all.stream());
  }

  @ParameterizedTest
  @MethodSource("misbehaviours")
  void a_misbehaving_adapter_is_caught_by_exactly_the_tests_meant_for_it(
      Misbehaviour misbehaviour) {
    assertThat(failedTests(misbehaviour)).isEqualTo(new TreeSet<>(misbehaviour.caughtBy()));
  }

  @Test
  void an_adapter_that_forwards_everything_passes() {
    Misbehaviour none = Misbehaviour.of("none", source -> new Twist.Provider(source.provider()));

    assertThat(failedTests(none)).isEmpty();
  }

  private static Set<String> failedTests(Misbehaviour misbehaviour) {
    MisbehavingAdapters.current = misbehaviour;
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(TrialExtension.SOON, misbehaviour.hangs() ? "2" : "20")
            .selectors(selectClass(MisbehavingAdapters.class))
            .execute();
    assertThat(results.testEvents().started().count()).as("tests that ran").isGreaterThan(40);
    Set<String> failed = new TreeSet<>();
    results.allEvents().failed().stream().map(ContractProofTest::method).forEach(failed::add);
    return failed;
  }

  /** The name of the method that an event belongs to, directly or as one of its dynamic tests. */
  private static String method(Event event) {
    TestDescriptor descriptor = event.getTestDescriptor();
    while (!(descriptor.getSource().orElse(null)
        instanceof org.junit.platform.engine.support.descriptor.MethodSource)) {
      descriptor = descriptor.getParent().orElseThrow();
    }
    return ((org.junit.platform.engine.support.descriptor.MethodSource)
            descriptor.getSource().orElseThrow())
        .getMethodName();
  }
}
