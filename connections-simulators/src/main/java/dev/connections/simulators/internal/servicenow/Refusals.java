package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.JsonText;

/** The answers that carry no data. */
final class Refusals {
  private Refusals() {}

  static Answer of(int status, String message, String detail) {
    return Answer.json(
        status,
        "{\"error\":{\"message\":"
            + JsonText.quoted(message)
            + ",\"detail\":"
            + JsonText.quoted(detail)
            + "},\"status\":\"failure\"}");
  }

  static Answer withoutDetail(int status, String message) {
    return Answer.json(
        status,
        "{\"error\":{\"message\":"
            + JsonText.quoted(message)
            + ",\"detail\":null},\"status\":\"failure\"}");
  }

  static Answer notAuthenticated() {
    return of(401, "User Not Authenticated", "Required to provide Auth information")
        .with("WWW-Authenticate", "BASIC realm=\"Service-now\"");
  }

  static Answer noTable(String name) {
    return withoutDetail(400, "Invalid table " + name);
  }

  static Answer noRecord() {
    return of(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
  }

  static Answer noRights() {
    return withoutDetail(403, "Insufficient rights to query records");
  }

  static Answer noService() {
    return of(400, "Requested URI does not represent any resource", "No such resource");
  }
}
