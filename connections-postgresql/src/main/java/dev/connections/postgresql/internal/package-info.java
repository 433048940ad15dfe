/** The PostgreSQL adapter. */
@NullMarked
package dev.connections.postgresql.internal;

import org.jspecify.annotations.NullMarked;
