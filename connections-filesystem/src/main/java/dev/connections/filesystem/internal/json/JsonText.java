package dev.connections.filesystem.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.io.Writer;

/** Makes parsers that accept exactly RFC 8259, within limits. */
final class JsonText {
  private static final int LONGEST_STRING = 20_000_000;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 50_000;
  private static final JsonFactory USUAL = make(ReadLimits.DEFAULT.deepestNesting(), true);
  private static final JsonFactory OF_MANY_NAMES = make(ReadLimits.DEFAULT.deepestNesting(), false);

  private JsonText() {}

  static JsonFactory factory(ReadLimits limits) {
    return limits.deepestNesting() == ReadLimits.DEFAULT.deepestNesting()
        ? USUAL
        : make(limits.deepestNesting(), true);
  }

  /**
   * For texts whose names are data. What other parsers share is a table of all names; each parser
   * that meets a new one copies it, which takes longer than the text.
   */
  static JsonFactory factoryOfManyNames(ReadLimits limits) {
    return limits.deepestNesting() == ReadLimits.DEFAULT.deepestNesting()
        ? OF_MANY_NAMES
        : make(limits.deepestNesting(), false);
  }

  /** Writes JSON to a text. */
  static JsonGenerator generator(Writer text) throws IOException {
    return USUAL.createGenerator(text);
  }

  private static JsonFactory make(int depth, boolean sharesNames) {
    return new JsonFactoryBuilder()
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, sharesNames)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxStringLength(LONGEST_STRING)
                .maxNumberLength(LONGEST_NUMBER)
                .maxNameLength(LONGEST_NAME)
                .build())
        .build();
  }
}
