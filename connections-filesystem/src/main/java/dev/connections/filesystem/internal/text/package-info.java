/** Files of separated values: their encoding, their dialect, their columns. */
@NullMarked
package dev.connections.filesystem.internal.text;

import org.jspecify.annotations.NullMarked;
