/** What SQL Server knows of tables and columns and what has no neutral place. */
@NullMarked
package dev.connections.mssql;

import org.jspecify.annotations.NullMarked;
