/**
 * Services that answer over HTTP as the real ones do, with data, limits, rights and faults: for
 * tests of adapters and of hosts. Nothing of them belongs into production.
 */
@NullMarked
package dev.connections.simulators;

import org.jspecify.annotations.NullMarked;
