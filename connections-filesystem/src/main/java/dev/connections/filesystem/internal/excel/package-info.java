/** Excel workbooks. */
@NullMarked
package dev.connections.filesystem.internal.excel;

import org.jspecify.annotations.NullMarked;
