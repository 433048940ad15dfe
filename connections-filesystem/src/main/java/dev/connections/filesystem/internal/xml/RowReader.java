package dev.connections.filesystem.internal.xml;

import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Adds rows to the evidence, element by element. Used by one thread. */
final class RowReader {
  private final String path;
  private final ReadLimits limits;
  private final ElementEvidence rows = new ElementEvidence();
  private int places;
  private long parents;

  RowReader(String path, ReadLimits limits) {
    this.path = path;
    this.limits = limits;
  }

  /** What the rows have been so far. */
  ElementEvidence rows() {
    return rows;
  }

  /** An element that is open. */
  private record Open(ElementEvidence evidence, long number, StringBuilder text) {}

  /** Adds the element that began as a row, to its end. */
  void addRow(XmlCursor cursor) throws IOException {
    Deque<Open> open = new ArrayDeque<>();
    open.push(begin(cursor, rows));
    while (!open.isEmpty() && cursor.next()) {
      if (cursor.atStart()) {
        Open parent = open.element();
        open.push(begin(cursor, field(parent.evidence(), cursor.name(), parent.number())));
      } else if (cursor.atEnd()) {
        Open ended = open.pop();
        ended.evidence().addText(ended.text().toString().strip());
      } else {
        cursor.appendText(open.element().text());
      }
    }
  }

  private Open begin(XmlCursor cursor, ElementEvidence evidence) {
    evidence.begin();
    long number = ++parents;
    for (int i = 0; i < cursor.attributes(); i++) {
      String name = ElementEvidence.ATTRIBUTE + cursor.attributeName(i);
      ElementEvidence attribute = field(evidence, name, number);
      attribute.begin();
      attribute.addText(cursor.attributeValue(i).strip());
    }
    return new Open(evidence, number, new StringBuilder());
  }

  private ElementEvidence field(ElementEvidence parent, String name, long number) {
    ElementEvidence field = parent.field(name, number);
    if (field != null) {
      return field;
    }
    if (++places > limits.mostColumns()) {
      throw XmlFailures.manyFields(path, limits.mostColumns());
    }
    return parent.newField(name, number);
  }
}
