/** Metadata that was read a moment ago. */
@NullMarked
package dev.connections.core.internal.cache;

import org.jspecify.annotations.NullMarked;
