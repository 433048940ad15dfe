package dev.connections.core.internal.calls;

import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What belongs to the caller's thread and goes along to another: the diagnostic context of the log,
 * the class loader by which drivers find their parts, and whether a remote call is under way.
 */
final class CallerContext {
  private final Optional<Map<String, String>> diagnostics;
  private final Optional<ClassLoader> loader;
  private final boolean inCall;

  private CallerContext(
      Optional<Map<String, String>> diagnostics, Optional<ClassLoader> loader, boolean inCall) {
    this.diagnostics = diagnostics;
    this.loader = loader;
    this.inCall = inCall;
  }

  static CallerContext capture() {
    return new CallerContext(
        Optional.ofNullable(MDC.getCopyOfContextMap()),
        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
        CallThread.inCall());
  }

  /** Runs work as if on the caller's thread, and leaves the thread as it was. */
  void run(Runnable work) {
    CallerContext before = capture();
    apply();
    try {
      work.run();
    } finally {
      before.apply();
    }
  }

  private void apply() {
    diagnostics.ifPresentOrElse(MDC::setContextMap, MDC::clear);
    Thread.currentThread().setContextClassLoader(loader.orElse(null));
    if (inCall) {
      CallThread.enter();
    } else {
      CallThread.leave();
    }
  }
}
