package dev.connections.filesystem.internal.xml;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import java.util.List;
import javax.xml.stream.Location;

/** The failures of XML files. They say where, never what stands there. */
final class XmlFailures {
  private XmlFailures() {}

  static ConnectionException notWellFormed(String path, Location place, Exception cause) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' isn't well-formed XML" + at(place) + ".")
        .withRemedy(
            "Correct it there: each element must be closed, one element must hold all others, and"
                + " characters must be of the declared encoding.")
        .asException(cause);
  }

  static ConnectionException documentType(String path, Location place) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The file '"
                + path
                + "' declares a document type or uses an entity"
                + at(place)
                + "; neither is read, as they can reach other files.")
        .withRemedy("Write the file without a DOCTYPE, and entities as plain characters.")
        .asException();
  }

  static ConnectionException tooDeep(String path, Location place, int deepest) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The file '" + path + "' has more than " + deepest + " levels" + at(place) + ".")
        .withRemedy("Flatten it before the export.")
        .asException();
  }

  static ConnectionException manyFields(String path, int limit) {
    return Failure.of(
            StandardErrorCode.TOO_LARGE,
            "The file '" + path + "' has more than " + limit + " different elements.")
        .withRemedy("Turn elements whose names are data, such as ids, into values.")
        .asException();
  }

  static ConnectionException noRows(String path, String rowTag) {
    return Failure.of(
            StandardErrorCode.MALFORMED_DATA,
            "The file '" + path + "' has no element '" + rowTag + "', which should be its rows.")
        .withRemedy("Change the row element of the connection, or leave it empty to have it found.")
        .withFieldPaths(List.of(XmlSchemaReader.ROW_TAG_FIELD))
        .asException();
  }

  private static String at(Location place) {
    return place == null || place.getLineNumber() < 1
        ? ""
        : " at line " + place.getLineNumber() + ", column " + Math.max(1, place.getColumnNumber());
  }
}
