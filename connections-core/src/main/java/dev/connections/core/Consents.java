package dev.connections.core;

import dev.connections.core.access.Actor;
import dev.connections.core.observe.ObservedOperation;
import java.net.URI;

/**
 * Consents of persons in a browser, for connections that sign in by one. Reached by {@link
 * TenantConnections#consents}.
 *
 * <p>A consent takes two calls of a web application: {@link #begin(String, URI)} says where to send
 * the person's browser, and {@link #complete(URI)} takes what the browser comes back with, on this
 * node or on another one with the same store.
 *
 * <p>Who consents changes what the connection signs in with, so he must be one who may change it.
 *
 * <p>Safe for any thread.
 */
public final class Consents {
  private final Actor actor;
  private final Workings workings;
  private final ConsentSteps steps;

  Consents(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
    this.steps = new ConsentSteps(workings);
  }

  /**
   * Begins the consent of a person at the service. One that was begun for the connection before
   * ends.
   *
   * @param id the connection's id; its configuration signs in by a consent
   * @param redirect where the service sends the browser afterwards, as it is registered there:
   *     {@code https}, or {@code http} to this machine
   * @return where to send the browser, and until when to complete it: for ten minutes
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#UNSUPPORTED} if the connection doesn't sign in that
   *     way; with {@link CoreErrorCode#INVALID_ARGUMENT} if the address isn't such a one; else as
   *     {@link TenantConnections} says of methods with an id
   */
  public ConsentRequest begin(String id, URI redirect) {
    return begin(id, redirect, CallOptions.defaults());
  }

  /**
   * Begins the consent of a person at the service.
   *
   * @param id the connection's id
   * @param redirect where the service sends the browser afterwards
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   * @return where to send the browser, and until when to complete it
   * @throws dev.connections.api.ConnectionException as {@link #begin(String, URI)}
   */
  public ConsentRequest begin(String id, URI redirect, CallOptions options) {
    workings.calls().refuseIfClosed();
    return workings
        .observer()
        .timed(ObservedOperation.USE, () -> steps.begin(actor, id, redirect, options));
  }

  /**
   * Completes a consent: gets the tokens and stores them, encrypted. From then on the connection
   * signs in with them, and what was read of the source before is forgotten. Other nodes use a
   * token that they have until it ends.
   *
   * @param callback the whole address with which the browser came back, with its query; it holds a
   *     secret until this call ends
   * @return the connection
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#NO_SUCH_CONSENT} if
   *     it was completed already, was begun by another user, is older than ten minutes or isn't the
   *     last one; with {@link dev.connections.api.StandardErrorCode#CONSENT_NEEDED} if the person
   *     or the service refused. A consent that was tried once is used up; begin another one
   */
  public Connection complete(URI callback) {
    return complete(callback, CallOptions.defaults());
  }

  /**
   * Completes a consent.
   *
   * @param callback the whole address with which the browser came back
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   * @return the connection
   * @throws dev.connections.api.ConnectionException as {@link #complete(URI)}
   */
  public Connection complete(URI callback, CallOptions options) {
    workings.calls().refuseIfClosed();
    return workings
        .observer()
        .timed(
            ObservedOperation.USE,
            () -> workings.configurations().shown(steps.complete(actor, callback, options)));
  }
}
