/** Testing many connections at once, now and again. */
@NullMarked
package dev.connections.core.health;

import org.jspecify.annotations.NullMarked;
