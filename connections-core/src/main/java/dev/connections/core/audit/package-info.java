/** Who did what to which connection, written down before it happens. */
@NullMarked
package dev.connections.core.audit;

import org.jspecify.annotations.NullMarked;
