package dev.connections.api;

import java.net.URI;
import java.util.Objects;

/**
 * A feature: a person signs in at the service in a browser and consents that the connection uses it
 * in his name (the authorization code grant of RFC 6749, with the proof of RFC 7636). An adapter
 * offers it if its configuration signs in that way.
 *
 * <p>The adapter knows the addresses; who may ask, what is kept between the two calls and where the
 * tokens go is decided by its surroundings. Hosts begin and complete a consent there, not by this.
 */
public interface ConsentFlow {
  /**
   * {@return the address to which the person's browser goes} Nothing is dialled.
   *
   * @param visit what one visit to the service is recognised by
   * @throws ConnectionException if the address wouldn't be encrypted
   */
  URI address(Visit visit);

  /**
   * {@return what the service grants for the code with which the browser came back}
   *
   * @param code what the service gave to the browser; good for one use
   * @param visit the same as for the address
   * @param operation deadline and cancellation
   * @throws ConnectionException with {@link StandardErrorCode#CONSENT_NEEDED} if the service
   *     doesn't accept the code; else as a sign-in does
   */
  TokenStore.Granted exchange(Secret code, Visit visit, Operation operation);

  /**
   * What one visit to the service is recognised by.
   *
   * @param redirect where the service sends the browser afterwards; registered with the service
   * @param state comes back with the browser, as it was sent
   * @param verifier stays here until the code is exchanged; the address holds only its hash
   */
  record Visit(URI redirect, Secret state, Secret verifier) {
    /**
     * Checks that no part is null.
     *
     * @param redirect where the browser goes afterwards
     * @param state comes back with the browser
     * @param verifier stays here
     */
    public Visit {
      Objects.requireNonNull(redirect, "redirect");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(verifier, "verifier");
    }
  }
}
