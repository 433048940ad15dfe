package dev.connections.core;

import dev.connections.api.Operation;

/**
 * What a host does with a feature of an adapter. The adapter stays open for as long as it lasts.
 *
 * @param <F> the feature interface, such as {@link dev.connections.api.RowPreview}
 * @param <T> what comes of it
 * @param <X> what it may throw; it reaches the caller as it is
 */
@FunctionalInterface
public interface FeatureUse<F, T, X extends Exception> {
  /**
   * {@return what comes of it}
   *
   * @param feature not to be kept beyond this call, nor what comes from it and is open
   * @param operation deadline and cancellation of the call, to be handed to the feature
   * @throws X whatever it throws
   */
  T use(F feature, Operation operation) throws X;
}
