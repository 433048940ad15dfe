package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.connections.api.Operation;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.text.Cell;
import dev.connections.filesystem.internal.text.Cell.IsoKind;
import java.io.IOException;

/** Adds values to the evidence, token by token. Used by one thread. */
final class ValueReader {
  private static final int CHECKPOINT = 4096;
  private static final int LONGEST_MOMENT = 40;

  private final String path;
  private final ReadLimits limits;
  private final Operation operation;
  private final Cell cell = new Cell();
  private final byte[] ascii = new byte[LONGEST_MOMENT];
  private final ValueEvidence rows = new ValueEvidence();
  private long objects;
  private long tokens;
  private int places;

  ValueReader(String path, ReadLimits limits, Operation operation) {
    this.path = path;
    this.limits = limits;
    this.operation = operation;
  }

  /** What the rows have been so far. */
  ValueEvidence rows() {
    return rows;
  }

  /** How many fields were met so far, at any depth. */
  int places() {
    return places;
  }

  /** Adds the value that begins with the parser's current token as a row. */
  void addRow(JsonParser parser) throws IOException {
    add(parser, rows);
  }

  /** Adds the rows of another part of the file. */
  void merge(ValueReader other) {
    rows.merge(other.rows);
    objects += other.objects;
    places = rows.places();
    if (places > limits.mostColumns()) {
      throw JsonFailures.manyFields(path, limits.mostColumns());
    }
  }

  /** The depth is bounded by the parser's own limit on nesting. */
  private void add(JsonParser parser, ValueEvidence evidence) throws IOException {
    if (++tokens % CHECKPOINT == 0) {
      operation.checkpoint();
    }
    switch (parser.currentToken()) {
      case VALUE_NULL -> evidence.addNull();
      case VALUE_TRUE, VALUE_FALSE -> evidence.addBoolean();
      case VALUE_NUMBER_INT -> addInteger(parser, evidence);
      case VALUE_NUMBER_FLOAT -> evidence.addFraction();
      case VALUE_STRING -> addString(parser, evidence);
      case START_ARRAY -> {
        ValueEvidence element = evidence.addArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          add(parser, element);
        }
      }
      default -> addObject(parser, evidence);
    }
  }

  private static void addInteger(JsonParser parser, ValueEvidence evidence) throws IOException {
    char[] text = parser.getTextCharacters();
    int from = parser.getTextOffset();
    int length = parser.getTextLength();
    int sign = text[from] == '-' ? 1 : 0;
    evidence.addInteger(length - sign, ValueEvidence.fits(text, from + sign, length - sign));
  }

  private void addString(JsonParser parser, ValueEvidence evidence) throws IOException {
    int length = parser.getTextLength();
    IsoKind kind = IsoKind.NONE;
    if (length >= "yyyy-MM-dd".length() && length <= LONGEST_MOMENT) {
      char[] text = parser.getTextCharacters();
      int from = parser.getTextOffset();
      if (text[from] >= '0' && text[from] <= '9') {
        for (int i = 0; i < length; i++) {
          char c = text[from + i];
          ascii[i] = (byte) (c < 128 ? c : '?');
        }
        kind = cell.readIso(ascii, 0, length);
      }
    }
    evidence.addString(length, kind);
  }

  private void addObject(JsonParser parser, ValueEvidence evidence) throws IOException {
    evidence.addObject();
    long object = ++objects;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      ValueEvidence field = evidence.field(name, object);
      if (field == null) {
        if (++places > limits.mostColumns()) {
          throw JsonFailures.manyFields(path, limits.mostColumns());
        }
        field = evidence.newField(name, object);
      }
      add(parser, field);
    }
  }
}
