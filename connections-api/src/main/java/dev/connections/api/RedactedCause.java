package dev.connections.api;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The type and stack of a foreign exception, without its message: that may hold a secret. */
final class RedactedCause extends Exception {
  private static final long serialVersionUID = 1L;

  /** Longer chains are cut: what helps is at the top. */
  private static final int LONGEST_CHAIN = 16;

  private RedactedCause(Throwable original) {
    super(original.getClass().getName() + " (message withheld)");
    setStackTrace(original.getStackTrace());
  }

  static Throwable of(Throwable cause) {
    return of(cause, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Throwable of(Throwable cause, Set<Throwable> seen) {
    if (cause instanceof ConnectionException || cause instanceof RedactedCause) {
      return cause;
    }
    RedactedCause redacted = new RedactedCause(cause);
    seen.add(cause);
    Throwable next = cause.getCause();
    if (next != null && seen.size() < LONGEST_CHAIN && !seen.contains(next)) {
      redacted.initCause(of(next, seen));
    }
    return redacted;
  }
}
