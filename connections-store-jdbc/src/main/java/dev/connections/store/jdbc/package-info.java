/** Stores that survive the process: {@link dev.connections.store.jdbc.SqliteStore}, a file. */
@NullMarked
package dev.connections.store.jdbc;

import org.jspecify.annotations.NullMarked;
