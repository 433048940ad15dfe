/** What PostgreSQL knows of tables and columns and what has no neutral place. */
@NullMarked
package dev.connections.postgresql;

import org.jspecify.annotations.NullMarked;
