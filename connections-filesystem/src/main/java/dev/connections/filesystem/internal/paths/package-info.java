/** Where files lie: the connection's directory, names beneath it, and patterns. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.paths;

import org.jspecify.annotations.NullMarked;
