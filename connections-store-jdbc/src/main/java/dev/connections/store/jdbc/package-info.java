/**
 * Stores that survive the process: {@link dev.connections.store.jdbc.SqliteStore}, a file, and
 * {@link dev.connections.store.jdbc.PostgresStore}, a database for many nodes.
 */
@NullMarked
package dev.connections.store.jdbc;

import org.jspecify.annotations.NullMarked;
