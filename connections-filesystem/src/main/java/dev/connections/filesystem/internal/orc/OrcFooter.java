package dev.connections.filesystem.internal.orc;

import dev.connections.filesystem.internal.Defect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an ORC file's footer says of its rows.
 *
 * @param rows how many rows there are
 * @param types the types as a list; the first is the row's, and each names its children by number
 * @param keys names of the metadata that users added
 * @param encrypted whether columns are encrypted
 * @param writer the writing software, if it is named
 */
record OrcFooter(
    long rows, List<OrcType> types, List<String> keys, boolean encrypted, Optional<String> writer) {
  private static final int MOST_TYPES = 100_000;

  static OrcFooter parse(byte[] bytes) throws Defect {
    long rows = 0;
    List<OrcType> types = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    boolean encrypted = false;
    Optional<String> writer = Optional.empty();
    WireFields fields = new WireFields(bytes, 0, bytes.length);
    while (fields.next()) {
      switch (fields.number()) {
        case 4 -> types.add(type(fields.message(), types.size()));
        case 5 -> key(fields.message()).ifPresent(keys::add);
        case 6 -> rows = fields.whole();
        case 10 -> encrypted = true;
        case 12 -> writer = Optional.of(fields.text());
        default -> {}
      }
    }
    if (rows < 0) {
      throw new Defect("it has a negative number of rows");
    }
    return new OrcFooter(rows, types, keys, encrypted, writer);
  }

  private static OrcType type(WireFields fields, int known) throws Defect {
    if (known >= MOST_TYPES) {
      throw new Defect("its schema has more than " + MOST_TYPES + " parts");
    }
    int kind = 0;
    int length = 0;
    int precision = 0;
    int scale = 0;
    List<Integer> children = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    while (fields.next()) {
      switch (fields.number()) {
        case 1 -> kind = fields.small();
        case 2 -> fields.wholes(n -> children.add((int) Math.max(-1, Math.min(n, MOST_TYPES))));
        case 3 -> names.add(fields.text());
        case 4 -> length = fields.small();
        case 5 -> precision = fields.small();
        case 6 -> scale = fields.small();
        case 7 -> attribute(fields.message(), attributes);
        default -> {}
      }
    }
    return new OrcType(kind, children, names, length, precision, scale, attributes);
  }

  private static void attribute(WireFields fields, Map<String, String> attributes) throws Defect {
    String key = "";
    String value = "";
    while (fields.next()) {
      if (fields.number() == 1) {
        key = fields.text();
      } else if (fields.number() == 2) {
        value = fields.text();
      }
    }
    attributes.put(key, value);
  }

  private static Optional<String> key(WireFields fields) throws Defect {
    Optional<String> name = Optional.empty();
    while (fields.next()) {
      if (fields.number() == 1) {
        name = Optional.of(fields.text());
      }
    }
    return name;
  }
}
