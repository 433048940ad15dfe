/** The adapter: settings, test, browsing and import. Not exported. */
@NullMarked
package dev.connections.filesystem.internal.adapter;

import org.jspecify.annotations.NullMarked;
