/**
 * The toolkit under adapters of databases that have a JDBC driver: a pool, catalog queries as
 * resources, a table of error codes, and the steps of a test.
 *
 * <p>An adapter implements {@link dev.connections.jdbc.DatabaseDriver}, makes one {@link
 * dev.connections.jdbc.Database} of it and reads through that. A host meets one type of this
 * package only: {@link dev.connections.jdbc.SqlAccess}.
 */
@NullMarked
package dev.connections.jdbc;

import org.jspecify.annotations.NullMarked;
