/**
 * Files as tables: an adapter for directories of CSV, TSV, JSON, NDJSON, Parquet and Avro files.
 */
@NullMarked
package dev.connections.filesystem;

import org.jspecify.annotations.NullMarked;
