package dev.connections.core;

import dev.connections.api.Registration;
import dev.connections.core.internal.calls.Hooks;

/**
 * What a host keeps to take back a call it made. One token may be given to several calls; they all
 * end with it. A token that was used once stays cancelled.
 *
 * <p>Safe for any thread.
 */
public final class CancelToken {
  private final Hooks hooks = new Hooks();

  /** Makes a token that isn't cancelled. */
  public CancelToken() {}

  /**
   * Cancels every call that has this token, now and later. Each of them ends with {@link
   * dev.connections.api.StandardErrorCode#CANCELLED}, as soon as what it waits for lets go. Returns
   * at once, without waiting for that. Calling it again does nothing.
   */
  public void cancel() {
    hooks.fire();
  }

  /** {@return whether {@link #cancel} has been called} */
  public boolean isCancelled() {
    return hooks.fired();
  }

  /**
   * Has a hook run on the thread that cancels; at once, if the token is cancelled already.
   *
   * @param hook run at most once; quick, and doesn't throw
   * @return what takes the hook back
   */
  public Registration onCancel(Runnable hook) {
    return hooks.add(hook);
  }
}
