package dev.connections.core.internal.pool;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionAdapterProvider;

/**
 * What it takes to open an adapter.
 *
 * @param provider whose adapter it is
 * @param configuration validated values, secrets included
 * @param context what the adapter may use for its life
 */
public record Opening(
    ConnectionAdapterProvider provider, Configuration configuration, AdapterContext context) {}
