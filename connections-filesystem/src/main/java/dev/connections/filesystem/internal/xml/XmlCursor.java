package dev.connections.filesystem.internal.xml;

import dev.connections.api.Operation;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.content.CountedStream;
import dev.connections.filesystem.internal.text.TextFailures;
import java.io.CharConversionException;
import java.io.IOException;
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
final class XmlCursor implements AutoCloseable {
  private static final int CHECKPOINT = 4096;

  private final String path;
  private final int deepest;
  private final Operation operation;
  private final CountedStream stream;
  private final XMLStreamReader reader;
  private int depth;
  private long events;

  private XmlCursor(
      String path,
      ReadLimits limits,
      Operation operation,
      CountedStream stream,
      XMLStreamReader reader) {
    this.path = path;
    this.deepest = limits.deepestNesting();
    this.operation = operation;
    this.stream = stream;
    this.reader = reader;
  }

  static XmlCursor open(FileContent content, ReadLimits limits, Operation operation)
      throws IOException {
    String path = content.path();
    CountedStream stream =
        new CountedStream(
            content.head(),
            limits.largestRecord(),
            () -> TextFailures.longRecord(path, 1, limits.largestRecord()));
    try {
      return new XmlCursor(
          path, limits, operation, stream, factory().createXMLStreamReader(stream));
    } catch (XMLStreamException e) {
      stream.close();
      throw failure(path, e);
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
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

  /** Goes to the next start or end of an element, or text; false behind the document's end. */
  boolean next() throws IOException {
    try {
      while (reader.hasNext()) {
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

  /** Whether an element began. */
  boolean atStart() {
    return reader.isStartElement();
  }

  /** Whether an element ended. */
  boolean atEnd() {
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

  /** Adds the text that was met. */
  void appendText(StringBuilder target) {
    target.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
  }

  /** Says that a row begins, from which the longest record is counted. */
  void nextRow() {
    stream.next();
  }

  /** How many bytes were read. */
  long count() {
    return stream.count();
  }

  /** The encoding, as far as the file says or shows it. */
  String charset() {
    String declared = reader.getCharacterEncodingScheme();
    String used = reader.getEncoding();
    return declared != null ? declared : used != null ? used : "UTF-8";
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
    if (nested instanceof IOException io && !(io instanceof CharConversionException)) {
      throw io; // the disk's failure, not the text's
    }
    Location place = e.getLocation();
    return XmlFailures.notWellFormed(path, place, e);
  }
}
