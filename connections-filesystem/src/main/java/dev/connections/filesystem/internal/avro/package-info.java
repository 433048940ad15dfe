/** Columns of Avro files, from their headers. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.avro;

import org.jspecify.annotations.NullMarked;
