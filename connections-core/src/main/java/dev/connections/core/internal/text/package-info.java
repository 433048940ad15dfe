/** Texts made fit for a line of a log or a message. */
@NullMarked
package dev.connections.core.internal.text;

import org.jspecify.annotations.NullMarked;
