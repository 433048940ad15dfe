package dev.connections.testkit;

import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.SchemaName;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableName;

/** What goes wrong at a synthetic source, in a user's words. */
final class SyntheticFailures {
  private SyntheticFailures() {}

  static Failure unknownHost(String displayName, String host, int port) {
    return StandardFailures.unreachable(StandardErrorCode.UNKNOWN_HOST, displayName, host, port)
        .withFields(SyntheticConfiguration.HOST);
  }

  static Failure nothingListens(String displayName, String host, int port) {
    return StandardFailures.unreachable(
            StandardErrorCode.CONNECTION_REFUSED, displayName, host, port)
        .withFields(SyntheticConfiguration.PORT, SyntheticConfiguration.HOST);
  }

  static Failure wrongCredentials() {
    return StandardFailures.wrongCredentials()
        .withFields(SyntheticConfiguration.PASSWORD, SyntheticConfiguration.USERNAME)
        .withVendorCode("401");
  }

  static Failure wrongToken() {
    return Failure.of(
            StandardErrorCode.WRONG_CREDENTIALS, "Authentication failed. Please verify your token.")
        .withRemedy("Make a new token at the source and enter it.")
        .withFields(SyntheticConfiguration.TOKEN)
        .withVendorCode("401");
  }

  static Failure accountLocked() {
    return Failure.of(StandardErrorCode.ACCOUNT_LOCKED, "The account is locked.")
        .withRemedy("Have an administrator of the source unlock the account.")
        .withFields(SyntheticConfiguration.USERNAME)
        .withVendorCode("423");
  }

  static Failure table(ErrorCode code, TableName table) {
    return Failure.of(code, "The table '" + table.display() + "' can't be read.")
        .withRemedy("Ask the source's administrator what is wrong with the table.");
  }

  static Failure listing(ErrorCode code, SchemaName schema) {
    return Failure.of(code, "The tables of '" + schema.display() + "' can't be listed.")
        .withRemedy("Ask the source's administrator what is wrong with the schema.");
  }

  static Failure throttled() {
    return Failure.of(StandardErrorCode.THROTTLED, "The source asks to slow down.")
        .withRemedy("Wait a little, or make fewer calls at once.")
        .withVendorCode("429");
  }

  static Failure call(ErrorCode code) {
    return Failure.of(code, "The source answered a call with " + code.id() + ".")
        .withRemedy("Try again later.");
  }

  static Failure connectionLost() {
    return Failure.of(
            StandardErrorCode.CONNECTION_LOST, "The connection broke while tables were read.")
        .withRemedy("Try again; what was read already isn't read again.");
  }

  static Failure noSuchPage() {
    return Failure.of(StandardErrorCode.NOT_FOUND, "The list has no such page.")
        .withRemedy("Begin with the first page again.");
  }
}
