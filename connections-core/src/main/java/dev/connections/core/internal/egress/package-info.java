/** Which addresses may be dialled. */
@NullMarked
package dev.connections.core.internal.egress;

import org.jspecify.annotations.NullMarked;
