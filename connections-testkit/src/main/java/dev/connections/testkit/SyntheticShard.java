package dev.connections.testkit;

import dev.connections.api.MetadataExtension;
import java.util.Map;

/**
 * What only a synthetic source knows of a table: the shard it lies on. It stands for the typed
 * extensions of real vendors.
 *
 * @param number of the shard
 */
public record SyntheticShard(int number) implements MetadataExtension {
  @Override
  public String id() {
    return "synthetic_shard";
  }

  @Override
  public Map<String, Object> values() {
    return Map.of("number", number);
  }
}
