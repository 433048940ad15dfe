/** XML files. */
@NullMarked
package dev.connections.filesystem.internal.xml;

import org.jspecify.annotations.NullMarked;
