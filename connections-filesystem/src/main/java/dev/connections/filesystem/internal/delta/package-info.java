/** Delta tables: what their log says of them. */
@NullMarked
package dev.connections.filesystem.internal.delta;

import org.jspecify.annotations.NullMarked;
