/** What became of tests and imports: kept for a while, and found again. */
@NullMarked
package dev.connections.core.history;

import org.jspecify.annotations.NullMarked;
