package dev.connections.filesystem.internal.parquet;

import dev.connections.api.DataType;
import dev.connections.api.NoticeCode;
import dev.connections.api.TypeField;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.Warning;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;

/**
 * Neutral types of a Parquet schema. Lists and maps are groups of a prescribed shape; the shapes
 * older writers gave them are understood, and a group annotated as one without the shape of one is
 * taken for what it is, a structure, with a warning.
 */
final class ParquetTypes {
  private final List<Warning> warnings = new ArrayList<>();

  List<Warning> warnings() {
    return warnings;
  }

  /** The type of a field, as a list where it is repeated. */
  DataType of(SchemaNode node) throws Defect {
    DataType once = once(node);
    return node.isRepeated() ? DataType.array(once, false, "repeated " + once.nativeType()) : once;
  }

  private DataType once(SchemaNode node) throws Defect {
    if (!node.isGroup()) {
      return LeafTypes.of(node.element());
    }
    LogicalType logical = node.element().getLogicalType();
    boolean named = logical != null && logical.isSet();
    ConvertedType converted = node.element().getConverted_type();
    if (named && logical.isSetVARIANT()) {
      return DataType.of(TypeKind.VARIANT, "group (VARIANT)");
    }
    if (named ? logical.isSetLIST() : converted == ConvertedType.LIST) {
      return list(node);
    }
    if (named
        ? logical.isSetMAP()
        : converted == ConvertedType.MAP || converted == ConvertedType.MAP_KEY_VALUE) {
      return map(node);
    }
    boolean inner = converted == ConvertedType.MAP_KEY_VALUE;
    if (named || (converted != null && !inner)) {
      throw new Defect(
          "a group is declared "
              + (named ? logical.getSetField().name() : String.valueOf(converted))
              + ", which only a column can be");
    }
    return struct(node, "group");
  }

  private DataType struct(SchemaNode node, String nativeType) throws Defect {
    List<TypeField> fields = new ArrayList<>(node.children().size());
    for (SchemaNode child : node.children()) {
      fields.add(TypeField.of(child.name(), of(child), child.isOptional()));
    }
    return DataType.struct(fields, nativeType);
  }

  private DataType list(SchemaNode node) throws Defect {
    if (node.children().size() != 1 || !node.only().isRepeated()) {
      return misshapen(node, "LIST");
    }
    SchemaNode repeated = node.only();
    if (isElement(node, repeated)) {
      return DataType.array(once(repeated), false, "group (LIST)");
    }
    SchemaNode element = repeated.only();
    return DataType.array(of(element), element.isOptional(), "group (LIST)");
  }

  /**
   * Whether the repeated field is the list's item, and not a wrapper around it. The rules are those
   * which the specification gives for older writers.
   */
  private static boolean isElement(SchemaNode list, SchemaNode repeated) {
    return !repeated.isGroup()
        || repeated.children().size() != 1
        || repeated.only().isRepeated()
        || repeated.name().equals("array")
        || repeated.name().equals(list.name() + "_tuple");
  }

  private DataType map(SchemaNode node) throws Defect {
    if (node.children().size() != 1
        || !node.only().isRepeated()
        || !node.only().isGroup()
        || node.only().children().isEmpty()
        || node.only().children().size() > 2) {
      return misshapen(node, "MAP");
    }
    SchemaNode pair = node.only();
    if (pair.children().size() == 1) { // a map without values is a set
      return DataType.array(of(pair.only()), false, "group (MAP)");
    }
    SchemaNode value = pair.children().get(1);
    return DataType.map(of(pair.only()), of(value), value.isOptional(), "group (MAP)");
  }

  private DataType misshapen(SchemaNode node, String annotation) throws Defect {
    warnings.add(
        Warning.of(
            NoticeCode.IRREGULAR,
            "A group is declared a "
                + annotation
                + " and hasn't the shape of one; it is read as a structure."));
    return struct(node, "group (" + annotation + ")");
  }
}
