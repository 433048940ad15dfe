/** Decompression of the blocks that binary formats are made of. */
@NullMarked
package dev.connections.filesystem.internal.codec;

import org.jspecify.annotations.NullMarked;
