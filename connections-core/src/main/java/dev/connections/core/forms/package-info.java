/** The configuration of a type as data that a host draws its editor form from. */
@NullMarked
package dev.connections.core.forms;

import org.jspecify.annotations.NullMarked;
