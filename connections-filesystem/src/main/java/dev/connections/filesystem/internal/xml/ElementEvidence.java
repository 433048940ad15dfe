package dev.connections.filesystem.internal.xml;

import dev.connections.api.DataType;
import dev.connections.api.TypeField;
import dev.connections.filesystem.internal.text.TextValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the elements or attributes at one place of a row have been so far; decides their type by the
 * rules that Databricks has for XML: an attribute is the field {@code _name}, the text of an
 * element that has attributes or elements is the field {@code _VALUE}, and an element that is
 * repeated within its parent is an array. Used by one thread.
 */
final class ElementEvidence {
  /** The field that holds an element's own text beside its attributes and elements. */
  static final String TEXT = "_VALUE";

  /** What stands before an attribute's name. */
  static final String ATTRIBUTE = "_";

  private final TextValues texts = new TextValues();
  private final Map<String, ElementEvidence> fields = new LinkedHashMap<>();
  private boolean repeated;
  private long lastParent;
  private long elements;

  /**
   * The evidence of a field in a parent.
   *
   * @param name the field's name
   * @param parent a number of that parent, by which a second field of one name is noticed
   * @return absent where it is the first of its name
   */
  @Nullable ElementEvidence field(String name, long parent) {
    ElementEvidence field = fields.get(name);
    if (field != null) {
      field.repeated |= field.lastParent == parent;
      field.lastParent = parent;
    }
    return field;
  }

  ElementEvidence newField(String name, long parent) {
    ElementEvidence field = new ElementEvidence();
    field.lastParent = parent;
    fields.put(name, field);
    return field;
  }

  /** Notes one more element or attribute. */
  void begin() {
    elements++;
  }

  void addText(String text) {
    texts.add(text);
  }

  /** How many elements or attributes were seen that aren't empty. */
  long seen() {
    return fields.isEmpty() ? texts.seen() : elements;
  }

  /** How many elements or attributes there were. */
  long elements() {
    return elements;
  }

  int longest() {
    return fields.isEmpty() ? texts.longest() : 0;
  }

  /** The attributes and elements within, by their fields' names. */
  Map<String, ElementEvidence> fields() {
    return fields;
  }

  /** The texts that stand in it directly. */
  TextValues texts() {
    return texts;
  }

  /**
   * The type that holds all of them.
   *
   * @param complete whether the whole file was seen
   */
  DataType type(boolean complete) {
    DataType once = once(complete);
    return repeated ? DataType.array(once, true, "repeated " + once.nativeType()) : once;
  }

  private DataType once(boolean complete) {
    if (fields.isEmpty()) {
      return texts.type(complete);
    }
    List<TypeField> parts = new ArrayList<>(fields.size() + 1);
    fields.forEach((name, field) -> parts.add(TypeField.of(name, field.type(complete), true)));
    if (texts.seen() > 0 && !fields.containsKey(TEXT)) {
      parts.add(TypeField.of(TEXT, texts.type(complete), true));
    }
    return DataType.struct(parts, "element");
  }
}
