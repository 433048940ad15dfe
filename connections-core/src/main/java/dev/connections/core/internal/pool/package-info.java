/** Open adapters, leased for a call. */
@NullMarked
package dev.connections.core.internal.pool;

import org.jspecify.annotations.NullMarked;
