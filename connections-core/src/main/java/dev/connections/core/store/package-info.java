/** Where connections are kept: the interface a store implements, and the store in memory. */
@NullMarked
package dev.connections.core.store;

import org.jspecify.annotations.NullMarked;
