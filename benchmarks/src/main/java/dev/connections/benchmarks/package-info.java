/** What the library takes, beside a peer or the bare minimum, in one run. */
@NullMarked
package dev.connections.benchmarks;

import org.jspecify.annotations.NullMarked;
