/** Columns of Parquet files, from their footers. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.parquet;

import org.jspecify.annotations.NullMarked;
