/** What texts come down to. */
@NullMarked
package dev.connections.core.internal.text;

import org.jspecify.annotations.NullMarked;
