/** The HTTP server under every simulator, its faults and its record of requests. */
@NullMarked
package dev.connections.simulators.internal;

import org.jspecify.annotations.NullMarked;
