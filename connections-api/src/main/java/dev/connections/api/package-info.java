/**
 * The contract between Connections and its adapters.
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>{@link dev.connections.api.ConnectionAdapterProvider} is what {@code ServiceLoader} finds;
 *       it describes one type of connection and opens adapters for it;
 *   <li>{@link dev.connections.api.ConnectionAdapter} tests one source, lists it and reads its
 *       metadata;
 *   <li>{@link dev.connections.api.Field} declares one configuration field and reads its value;
 *   <li>{@link dev.connections.api.MetadataSink} is where bulk metadata goes;
 *   <li>{@link dev.connections.api.ConnectionException} carries every {@link
 *       dev.connections.api.Failure} that isn't a returned value.
 * </ul>
 *
 * <p>Nothing here is ever {@code null}: what may be absent is an {@link java.util.Optional}.
 */
@NullMarked
package dev.connections.api;

import org.jspecify.annotations.NullMarked;
