/** Deadlines, cancellation, limits and repetition of remote calls. */
@NullMarked
package dev.connections.core.internal.calls;

import org.jspecify.annotations.NullMarked;
