package dev.connections.simulators;

import java.time.Duration;

/** What a ServiceNow instance, or what stands before it, answers when something is wrong. */
public final class ServiceNowFault {
  private ServiceNowFault() {}

  /**
   * An instance for developers that was put to sleep: a page with status 200.
   *
   * @return the fault
   */
  public static Fault.Answer hibernating() {
    return Fault.html(
        200,
        "<!DOCTYPE html><html><head><title>Instance Hibernating page</title></head>"
            + "<body><div class=\"instance-hibernating-page\">This instance sleeps.</div></body></html>");
  }

  /**
   * The sign-in page of the company in place of data, with status 200.
   *
   * @return the fault
   */
  public static Fault.Answer signInPage() {
    return Fault.html(
        200,
        "<!DOCTYPE html><html><head><title>Sign in</title></head>"
            + "<body><form action=\"/saml/login\"><input name=\"SAMLRequest\"></form></body></html>");
  }

  /**
   * More requests than a rule allows per hour, with the headers that say so.
   *
   * @param retryAfter when the next window begins, in whole seconds
   * @return the fault
   */
  public static Fault.Answer tooManyRequests(Duration retryAfter) {
    return Fault.json(
            429,
            "{\"error\":{\"message\":\"Rate limit exceeded\",\"detail\":\"Rate limit of 1000 requests per"
                + " hour for Table API exceeded\"},\"status\":\"failure\"}")
        .with("Retry-After", Long.toString(retryAfter.toSeconds()))
        .with("X-RateLimit-Limit", "1000")
        .with("X-RateLimit-Rule", "Table API");
  }

  /**
   * The queue of the node is full: status 429 with neither header nor body.
   *
   * @return the fault
   */
  public static Fault.Answer queueFull() {
    return Fault.status(429);
  }

  /**
   * The request was dropped without a word: status 202 and no body.
   *
   * @return the fault
   */
  public static Fault.Answer dropped() {
    return Fault.status(202);
  }

  /**
   * A page whose transaction took too long: some rows and an error in one document, status 200.
   *
   * @param rows how many rows come before the error
   * @return the fault
   */
  public static Fault cancelled(int rows) {
    return new Fault.CancelledPage(rows, false);
  }

  /**
   * As {@link #cancelled}, in a document that isn't JSON any more.
   *
   * @param rows how many rows come before the error
   * @return the fault
   */
  public static Fault cancelledMalformed(int rows) {
    return new Fault.CancelledPage(rows, true);
  }

  /**
   * The interface itself is closed to the user, whichever table is asked for: status 403.
   *
   * @return the fault
   */
  public static Fault.Answer closedInterface() {
    return Fault.json(
        403,
        "{\"error\":{\"message\":\"User Not Authorized\",\"detail\":\"Failed API level ACL Validation\"},"
            + "\"status\":\"failure\"}");
  }
}
