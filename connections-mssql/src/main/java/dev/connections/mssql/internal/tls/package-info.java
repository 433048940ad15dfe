/** The check of a server's certificate against values of the configuration, not files. */
@NullMarked
package dev.connections.mssql.internal.tls;

import org.jspecify.annotations.NullMarked;
