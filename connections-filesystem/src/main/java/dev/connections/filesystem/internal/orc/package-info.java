/** ORC files. */
@NullMarked
package dev.connections.filesystem.internal.orc;

import org.jspecify.annotations.NullMarked;
