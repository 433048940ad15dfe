package dev.connections.core.secrets;

/**
 * Says why a service that manages keys didn't do what it was asked. Text of the service stays in
 * the cause; no caller is shown it.
 */
public final class KmsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  private final Reason reason;

  /** Why not. */
  public enum Reason {
    /** The service can't be reached, is overloaded, or has failed. */
    UNAVAILABLE,
    /** The application may not use the key. */
    DENIED,
    /** There is no such key, or it is switched off or about to be deleted. */
    NO_SUCH_KEY,
    /** What should be decrypted wasn't encrypted with the key, or was changed. */
    REFUSED
  }

  /**
   * Tells the reason.
   *
   * @param reason why not
   * @param cause what the service's library has thrown
   */
  public KmsException(Reason reason, Throwable cause) {
    super(reason.name(), cause);
    this.reason = reason;
  }

  /**
   * Tells the reason.
   *
   * @param reason why not
   */
  public KmsException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** {@return why not} */
  public Reason reason() {
    return reason;
  }
}
