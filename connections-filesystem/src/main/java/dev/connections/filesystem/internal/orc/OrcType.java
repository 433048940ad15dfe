package dev.connections.filesystem.internal.orc;

import java.util.List;
import java.util.Map;

/**
 * A type of an ORC schema.
 *
 * @param kind its number in the format's list
 * @param children numbers of its parts
 * @param names of its parts
 * @param length of a text; 0 for none
 * @param precision of a decimal
 * @param scale of a decimal
 * @param attributes what writers add, such as Iceberg's own types
 */
record OrcType(
    int kind,
    List<Integer> children,
    List<String> names,
    int length,
    int precision,
    int scale,
    Map<String, String> attributes) {}
