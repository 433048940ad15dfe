package dev.connections.filesystem.internal.xml;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.content.CountedStream;
import dev.connections.filesystem.internal.text.TextFailures;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Walks over the elements of an XML file, within limits. The parser is the JDK's own, whatever else
 * the application has: others read document types and reach other files by default. A document
 * type, and any entity but the five that XML itself knows, is refused.
 *
 * <p>Used by one thread.
 */
public final class XmlCursor implements AutoCloseable {
  private static final int CHECKPOINT = 4096;

  private final String path;
  private final int deepest;
  private final Operation operation;
  private final CountedStream stream;
  private final Documents documents;
  private XMLStreamReader reader;

  /** The encoding as its bytes show it; empty where the parser finds that out. */
  private Optional<String> encoding = Optional.empty();

  private int depth;
  private long events;

  private XmlCursor(
      String path,
      ReadLimits limits,
      Operation operation,
      CountedStream stream,
      Documents documents)
      throws IOException, XMLStreamException {
    this.path = path;
    this.deepest = limits.deepestNesting();
    this.operation = operation;
    this.stream = stream;
    this.documents = documents;
    this.reader = nextReader();
  }

  static XmlCursor open(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    return open(content.path(), content.head(), limits, operation);
  }

  /**
   * {@return a walk over a document}
   *
   * @param path of the file, or of the part of one that the document is, for messages
   * @param bytes the document; closed with the cursor, and by a failure of this method
   * @param limits on depth, and on how long a row is
   * @param operation asked at checkpoints whether to go on
   * @throws IOException if the bytes can't be read
   */
  public static XmlCursor open(
      String path, InputStream bytes, ReadLimits limits, Operation operation) throws IOException {
    CountedStream stream =
        new CountedStream(
            bytes,
            limits.largestRecord(),
            () -> TextFailures.longRecord(path, 1, limits.largestRecord()));
    try {
      return new XmlCursor(path, limits, operation, stream, new Documents(stream));
    } catch (XMLStreamException e) {
      stream.close();
      throw failure(path, e);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private XMLStreamReader nextReader() throws IOException, XMLStreamException {
    PushbackInputStream bytes = RepeatedMarks.leftOut(documents);
    Optional<StrictDecoding> decoding = StrictDecoding.of(bytes);
    encoding = decoding.map(known -> known.charset().name());
    return decoding.isPresent()
        ? factory().createXMLStreamReader(decoding.get().characters())
        : factory().createXMLStreamReader(bytes);
  }

  /** Made anew for each file: the JDK's factories aren't safe for many threads. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    // Newer JDKs allow 200 of each by default, older ones 10,000 attributes and any depth.
    factory.setProperty("jdk.xml.elementAttributeLimit", "10000");
    factory.setProperty("jdk.xml.maxElementDepth", "0"); // our own limit says what it is
    return factory;
  }

  /**
   * Goes to the next start or end of an element, or text.
   *
   * @return whether there is one; if not, the document has ended
   * @throws IOException if the bytes can't be read
   */
  public boolean next() throws IOException {
    try {
      while (reader.hasNext() || nextDocument()) {
        if (++events % CHECKPOINT == 0) {
          operation.checkpoint();
        }
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++depth > deepest) {
              throw XmlFailures.tooDeep(path, reader.getLocation(), deepest);
            }
            return true;
          }
          case XMLStreamConstants.END_ELEMENT -> {
            depth--;
            return true;
          }
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
            return true;
          }
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw XmlFailures.documentType(path, reader.getLocation());
          default -> {}
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw failure(path, e);
    }
  }

  private boolean nextDocument() throws IOException, XMLStreamException {
    if (!documents.next()) {
      return false;
    }
    reader = nextReader();
    return reader.hasNext();
  }

  /** {@return whether an element began} */
  public boolean atStart() {
    return reader.isStartElement();
  }

  /** {@return whether an element ended} */
  public boolean atEnd() {
    return reader.isEndElement();
  }

  /** The element's name, with its prefix as it is written. */
  String name() {
    return written(reader.getName());
  }

  /** How many elements are open; an element that began counts, one that ended doesn't. */
  int depth() {
    return depth;
  }

  /** {@return the element's name without a prefix} */
  public String localName() {
    return reader.getLocalName();
  }

  /**
   * {@return the value of the element's attribute of a name, in whatever namespace; the first if
   * there are several}
   *
   * @param localName the name without a prefix
   */
  public Optional<String> attribute(String localName) {
    for (int i = 0; i < attributes(); i++) {
      if (reader.getAttributeLocalName(i).equals(localName)) {
        return Optional.of(attributeValue(i));
      }
    }
    return Optional.empty();
  }

  int attributes() {
    return reader.getAttributeCount();
  }

  String attributeName(int index) {
    return written(reader.getAttributeName(index));
  }

  String attributeValue(int index) {
    String value = reader.getAttributeValue(index);
    return value == null ? "" : value;
  }

  /**
   * Adds the text that was met.
   *
   * @param target gets it
   */
  public void appendText(StringBuilder target) {
    target.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  /** Says that a row begins, from which the longest record is counted. */
  public void nextRow() {
    stream.next();
  }

  /** {@return how many bytes were read} */
  public long count() {
    return stream.count();
  }

  /** The encoding, as far as the file says or shows it. */
  String charset() {
    String declared = reader.getCharacterEncodingScheme();
    String used = reader.getEncoding();
    return declared != null ? declared : used != null ? used : encoding.orElse("UTF-8");
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static String written(QName name) {
    return name.getPrefix().isEmpty()
        ? name.getLocalPart()
        : name.getPrefix() + ":" + name.getLocalPart();
  }

  private static RuntimeException failure(String path, XMLStreamException e) throws IOException {
    Throwable nested = e.getNestedException();
    boolean ofText =
        nested instanceof CharConversionException || nested instanceof CharacterCodingException;
    if (nested instanceof IOException io && !ofText) {
      throw io; // the disk's failure
    }
    Location place = e.getLocation();
    return XmlFailures.notWellFormed(path, place, e);
  }
}
