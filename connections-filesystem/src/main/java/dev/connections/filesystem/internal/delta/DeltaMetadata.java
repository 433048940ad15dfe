package dev.connections.filesystem.internal.delta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Delta log says of its table.
 *
 * @param schema the columns, as JSON text
 * @param partitionColumns what the files are divided by
 * @param description what its owner says of it
 * @param configuration the table's properties
 */
record DeltaMetadata(
    String schema,
    List<String> partitionColumns,
    Optional<String> description,
    Map<String, String> configuration) {
  DeltaMetadata {
    partitionColumns = List.copyOf(partitionColumns);
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
  }
}
