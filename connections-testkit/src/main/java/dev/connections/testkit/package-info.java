/** The contract that every adapter passes, and what its tests need. */
@NullMarked
package dev.connections.testkit;

import org.jspecify.annotations.NullMarked;
