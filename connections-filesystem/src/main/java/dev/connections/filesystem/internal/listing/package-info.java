/** What tables there are, found without opening a file. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.listing;

import org.jspecify.annotations.NullMarked;
