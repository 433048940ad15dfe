/** The observer as core calls it: guarded, and fed by plugins too. */
@NullMarked
package dev.connections.core.internal.observe;

import org.jspecify.annotations.NullMarked;
