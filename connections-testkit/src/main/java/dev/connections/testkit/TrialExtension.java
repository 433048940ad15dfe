package dev.connections.testkit;

import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test of the contract a trial of its own, and closes what the test opened. */
final class TrialExtension implements ParameterResolver, AfterEachCallback {
  /**
   * A parameter of JUnit's: the seconds that a call may take which was told to end. What ends ends
   * in milliseconds; the usual time is for machines that stall.
   */
  static final String SOON = "connections.contract.soon";

  private static final long USUALLY_SOON = 20;

  private static final Namespace OURS = Namespace.create(TrialExtension.class);

  TrialExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == AdapterTrial.class;
  }

  @Override
  public AdapterTrial resolveParameter(ParameterContext parameter, ExtensionContext context) {
    AdapterTrial trial =
        new AdapterTrial(
            context
                .getRequiredTestInstances()
                .findInstance(ConnectionAdapterContract.class)
                .orElseThrow(),
            Duration.ofSeconds(
                context.getConfigurationParameter(SOON, Long::valueOf).orElse(USUALLY_SOON)));
    context.getStore(OURS).put(AdapterTrial.class, trial);
    return trial;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    AdapterTrial trial = context.getStore(OURS).remove(AdapterTrial.class, AdapterTrial.class);
    if (trial != null) {
      trial.close();
    }
  }
}
