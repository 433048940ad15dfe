package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.JsonText;

/** Objects and refusals as the workspace writes them. */
final class Json {
  private Json() {}

  /** An object of texts: name, value, name, value. */
  static String object(String... parts) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < parts.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append(JsonText.quoted(parts[i]))
          .append(':')
          .append(JsonText.quoted(parts[i + 1]));
    }
    return json.append('}').toString();
  }

  static Answer refusal(int status, String code, String message) {
    return Answer.json(status, object("error_code", code, "message", message));
  }
}
