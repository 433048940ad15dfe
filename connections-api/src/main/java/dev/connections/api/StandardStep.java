package dev.connections.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The steps of a test that are common to all sources, in their order. An adapter leaves out those
 * that don't apply to it and puts its own between them.
 */
public enum StandardStep {
  /** The configuration is well-formed. Core's step; adapters begin with the next. */
  VALIDATE("Check the configuration"),
  /** The host name has an address that may be dialled. */
  RESOLVE("Find the address"),
  /** Something answers at the address. */
  CONNECT("Connect"),
  /** The channel is encrypted as asked. */
  TLS("Secure the channel"),
  /** The source accepts who we are. */
  AUTHENTICATE("Sign in"),
  /** The login has the rights it needs. */
  AUTHORIZE("Check the rights"),
  /** Metadata can be read. */
  READ("Read metadata");

  private final String label;

  StandardStep(String label) {
    this.label = label;
  }

  /** {@return the step's stable name: the constant in lower case} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return what a user sees} */
  public String label() {
    return label;
  }

  /**
   * {@return the standard step of an id}
   *
   * @param id a step's stable name
   */
  public static Optional<StandardStep> ofId(String id) {
    return Arrays.stream(values()).filter(step -> step.id().equals(id)).findFirst();
  }
}
