/** What a host calls: the door to connections, their tests and their metadata. */
@NullMarked
package dev.connections.core;

import org.jspecify.annotations.NullMarked;
