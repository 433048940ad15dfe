/** The SQL Server adapter. */
@NullMarked
package dev.connections.mssql.internal;

import org.jspecify.annotations.NullMarked;
