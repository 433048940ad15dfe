/** The tokens of connections. */
@NullMarked
package dev.connections.core.internal.tokens;

import org.jspecify.annotations.NullMarked;
