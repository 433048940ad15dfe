package dev.connections.filesystem.internal.parquet;

import dev.connections.filesystem.internal.Defect;
import dev.connections.filesystem.internal.ReadLimits;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * An element of a Parquet schema with those beneath it. The footer holds the elements as a flat
 * list, each with a number of children; nothing but this code checks that the numbers make a tree.
 *
 * @param element as the footer has it
 * @param children of a group, in order
 */
record SchemaNode(SchemaElement element, List<SchemaNode> children) {
  String name() {
    return element.getName();
  }

  boolean isGroup() {
    return !element.isSetType();
  }

  boolean isRepeated() {
    return element.getRepetition_type() == FieldRepetitionType.REPEATED;
  }

  boolean isOptional() {
    return element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
  }

  SchemaNode only() {
    return children.get(0);
  }

  static SchemaNode tree(List<SchemaElement> elements, ReadLimits limits) throws Defect {
    if (elements.isEmpty()) {
      throw new Defect("its schema has no elements");
    }
    if (elements.get(0).isSetType()) {
      throw new Defect("the root of its schema isn't a group");
    }
    Reading reading = new Reading(elements, limits.deepestNesting());
    SchemaNode root = reading.next(0);
    if (reading.at < elements.size()) {
      throw new Defect(
          "its schema has " + (elements.size() - reading.at) + " elements that belong to no group");
    }
    return root;
  }

  /** A walk over the flat list. */
  private static final class Reading {
    private final List<SchemaElement> elements;
    private final int deepest;
    private int at;

    private Reading(List<SchemaElement> elements, int deepest) {
      this.elements = elements;
      this.deepest = deepest;
    }

    private SchemaNode next(int depth) throws Defect {
      if (at >= elements.size()) {
        throw new Defect("a group of its schema claims more children than there are");
      }
      if (depth > deepest) {
        throw new Defect("its schema is more than " + deepest + " levels deep");
      }
      SchemaElement element = elements.get(at++);
      int count = element.isSetNum_children() ? element.getNum_children() : 0;
      if (count < 0) {
        throw new Defect("a group of its schema has a negative number of children");
      }
      if (!element.isSetName()) {
        throw new Defect("an element of its schema has no name");
      }
      if (depth > 0 && !element.isSetRepetition_type()) {
        throw new Defect("an element of its schema is neither required nor optional");
      }
      if (element.isSetType() == (count > 0)
          && (element.isSetType() || !element.isSetNum_children())) {
        throw new Defect("an element of its schema must be either a column or a group");
      }
      List<SchemaNode> children = new ArrayList<>(Math.min(count, elements.size() - at));
      for (int i = 0; i < count; i++) {
        children.add(next(depth + 1));
      }
      return new SchemaNode(element, List.copyOf(children));
    }
  }
}
