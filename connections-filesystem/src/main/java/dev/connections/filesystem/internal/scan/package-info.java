/** Files read to their end, in chunks, on several threads. */
@NullMarked
package dev.connections.filesystem.internal.scan;

import org.jspecify.annotations.NullMarked;
