/**
 * The plugins that are installed, found by {@code ServiceLoader} or handed over by the host.
 *
 * <p>One broken plugin never takes the others with it: what is wrong becomes a {@link
 * dev.connections.core.RegistryProblem}.
 */
@NullMarked
package dev.connections.core.internal.registry;

import org.jspecify.annotations.NullMarked;
