package dev.connections.core;

import dev.connections.api.Failure;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a plugin, or one of the names it claims, can't be used. The other plugins aren't affected.
 *
 * @param provider the class of the provider and the jar it comes from, as far as they are known
 * @param failure what is wrong and what to do about it
 */
public record RegistryProblem(Optional<String> provider, Failure failure) {
  /**
   * Checks that no part is null.
   *
   * @param provider the class of the provider and its jar
   * @param failure what is wrong
   */
  public RegistryProblem {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(failure, "failure");
  }
}
