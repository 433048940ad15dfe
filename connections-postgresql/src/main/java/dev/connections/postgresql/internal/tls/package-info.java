/** Encryption of the channel with certificates that are values of the configuration, not files. */
@NullMarked
package dev.connections.postgresql.internal.tls;

import org.jspecify.annotations.NullMarked;
