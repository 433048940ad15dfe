/** The JSON form of a table's metadata, as snapshots and stores keep it. */
@NullMarked
package dev.connections.core.internal.json;

import org.jspecify.annotations.NullMarked;
