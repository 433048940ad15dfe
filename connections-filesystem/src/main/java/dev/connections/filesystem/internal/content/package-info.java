/** Bytes of open files, plain and compressed. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.content;

import org.jspecify.annotations.NullMarked;
