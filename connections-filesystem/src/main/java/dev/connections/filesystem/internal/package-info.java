/** The seam between finding a file and reading its schema; not exported. */
@NullMarked
package dev.connections.filesystem.internal;

import org.jspecify.annotations.NullMarked;
