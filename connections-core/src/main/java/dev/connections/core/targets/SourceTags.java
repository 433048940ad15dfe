package dev.connections.core.targets;

import dev.connections.api.MetadataExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tags that a source's table or column bears: those of each extension that holds texts by names
 * under {@code tags}.
 *
 * @param valid those that Databricks takes, in the order of their names
 * @param refused how many it doesn't take, for a character in the name, or a length. The rules are
 *     those of <a href="https://docs.databricks.com/database-objects/tags">tags</a>
 */
record SourceTags(Map<String, String> valid, int refused) {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_VALUE = 1_000;

  /** More tags than these an object can't have. */
  private static final int MOST = 50;

  static SourceTags of(List<MetadataExtension> extensions) {
    Map<String, String> valid = new TreeMap<>();
    int refused = 0;
    for (MetadataExtension extension : extensions) {
      if (extension.values().get("tags") instanceof Map<?, ?> tags) {
        for (Map.Entry<?, ?> tag : tags.entrySet()) {
          if (tag.getKey() instanceof String name
              && tag.getValue() instanceof String value
              && isName(name)
              && value.length() <= LONGEST_VALUE
              && valid.size() < MOST) {
            valid.put(name, value);
          } else {
            refused++;
          }
        }
      }
    }
    return new SourceTags(valid, refused);
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.equals(name.strip())
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(c -> ".,-=/:".indexOf(c) >= 0 || Character.isISOControl(c));
  }

  boolean isEmpty() {
    return valid.isEmpty() && refused == 0;
  }

  /** {@return the pairs as a statement holds them; empty if there are none} */
  Optional<String> sql() {
    return valid.isEmpty()
        ? Optional.empty()
        : Optional.of(
            valid.entrySet().stream()
                .map(tag -> Databricks.text(tag.getKey()) + " = " + Databricks.text(tag.getValue()))
                .collect(Collectors.joining(", ", "(", ")")));
  }
}
