package dev.connections.simulators.internal.databricks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation, or what a statement gives.
 *
 * @param columns names in lower case
 * @param rows values by column; null where there is none
 */
public record Rows(List<String> columns, List<? extends List<@Nullable String>> rows) {}
