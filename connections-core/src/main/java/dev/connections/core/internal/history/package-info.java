/** The stored form of past runs. */
@NullMarked
package dev.connections.core.internal.history;

import org.jspecify.annotations.NullMarked;
