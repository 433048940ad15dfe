package dev.connections.filesystem.internal.excel;

import dev.connections.filesystem.internal.text.TypedTable.Kind;

/**
 * A cell that isn't empty.
 *
 * @param column from 0
 * @param kind what it is
 * @param text as it is stored: of a shared text its number
 * @param shared whether the text is kept apart, with those of all sheets
 */
record SheetCell(int column, Kind kind, String text, boolean shared) {}
