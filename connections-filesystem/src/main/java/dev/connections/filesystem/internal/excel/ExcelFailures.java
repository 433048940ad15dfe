package dev.connections.filesystem.internal.excel;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.filesystem.internal.FileFailures;

/** The failures of workbooks. */
final class ExcelFailures {
  private static final String FORMAT = "Excel";

  private ExcelFailures() {}

  static ConnectionException malformed(String path, String reason) {
    return FileFailures.malformed(path, FORMAT, reason);
  }

  static ConnectionException encrypted(String path) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The file '"
                + FileFailures.shown(path)
                + "' is encrypted with a password, or is a workbook of the older format .xls.")
        .withRemedy("Save it as .xlsx without a password, or leave it out by a pattern.")
        .asException();
  }

  static ConnectionException method(String path) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The parts of the file '"
                + FileFailures.shown(path)
                + "' are compressed in a way that isn't read.")
        .withRemedy("Open it in Excel and save it anew, or leave it out by a pattern.")
        .asException();
  }

  static ConnectionException noSheet(String path, String sheet) {
    return Failure.of(
            StandardErrorCode.NOT_FOUND,
            "The workbook '"
                + FileFailures.shown(path)
                + "' has no sheet '"
                + FileFailures.shown(sheet)
                + "'.")
        .withRemedy("Was it renamed or hidden? List again.")
        .asException();
  }
}
