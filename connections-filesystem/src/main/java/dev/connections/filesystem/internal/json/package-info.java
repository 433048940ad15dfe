/** JSON files of one value, and files of one JSON value per line. */
@NullMarked
package dev.connections.filesystem.internal.json;

import org.jspecify.annotations.NullMarked;
