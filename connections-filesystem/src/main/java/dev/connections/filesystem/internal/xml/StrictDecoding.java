package dev.connections.filesystem.internal.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decodes documents in UTF-8, UTF-16 and ASCII for the parser, and refuses bytes that are none of
 * it. The JDK's parser would refuse them too, but its stream reader has nobody to tell of such
 * bytes, and prints a line on the error output of the application instead.
 */
final class StrictDecoding {
  /** How many bytes are looked at; a declaration is within them. */
  static final int LOOK = 256;

  private static final Pattern ENCODING =
      Pattern.compile(
          "<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"'][^>]*");

  private final Charset charset;
  private final Reader characters;

  private StrictDecoding(Charset charset, InputStream bytes) {
    this.charset = charset;
    this.characters =
        new InputStreamReader(
            bytes,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /**
   * Decodes a document.
   *
   * @param bytes the document; where it is in another encoding, all its bytes are still there, and
   *     the parser finds out how to read them
   * @return empty if it is in another encoding
   */
  static Optional<StrictDecoding> of(PushbackInputStream bytes) throws IOException {
    byte[] head = bytes.readNBytes(LOOK);
    Optional<Charset> charset = charset(head);
    int mark = charset.isPresent() ? markLength(head) : 0;
    bytes.unread(head, mark, head.length - mark);
    return charset.map(known -> new StrictDecoding(known, bytes));
  }

  Charset charset() {
    return charset;
  }

  Reader characters() {
    return characters;
  }

  private static Optional<Charset> charset(byte[] head) {
    int first = at(head, 0) << 8 | at(head, 1);
    return switch (first) {
      case 0xFEFF, '<' -> Optional.of(StandardCharsets.UTF_16BE);
      case 0xFFFE, '<' << 8 -> Optional.of(StandardCharsets.UTF_16LE);
      default -> declared(head);
    };
  }

  /** What a declaration in ASCII says, or UTF-8 where it says nothing. */
  private static Optional<Charset> declared(byte[] head) {
    int mark = markLength(head);
    String text = new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1);
    Matcher declaration = ENCODING.matcher(text);
    if (!declaration.lookingAt()) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    String name = declaration.group(1);
    return Stream.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII)
        .filter(known -> known.name().equalsIgnoreCase(name) || known.aliases().contains(name))
        .findFirst();
  }

  private static int markLength(byte[] head) {
    int first = at(head, 0) << 8 | at(head, 1);
    if (first == 0xFEFF || first == 0xFFFE) {
      return 2;
    }
    return first == 0xEFBB && at(head, 2) == 0xBF ? 3 : 0;
  }

  private static int at(byte[] head, int index) {
    return index < head.length ? head[index] & 0xFF : 0xFF;
  }
}
