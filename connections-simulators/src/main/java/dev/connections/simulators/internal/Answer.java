package dev.connections.simulators.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a service answers: a status, headers and a body. */
public final class Answer {
  private final int status;
  private final byte[] body;
  private final List<Map.Entry<String, String>> headers = new ArrayList<>();

  private Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** An answer in JSON. */
  public static Answer json(int status, byte[] body) {
    return new Answer(status, body).with("Content-Type", "application/json;charset=UTF-8");
  }

  /** An answer in JSON. */
  public static Answer json(int status, String body) {
    return json(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a type of its own. */
  public static Answer plain(int status, String body) {
    return new Answer(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a header and returns this answer. */
  public Answer with(String name, String value) {
    headers.add(Map.entry(name, value));
    return this;
  }

  /** The status of HTTP. */
  public int status() {
    return status;
  }

  /** The headers in the order in which they were added. */
  public List<Map.Entry<String, String>> headers() {
    return List.copyOf(headers);
  }

  byte[] body() {
    return body;
  }
}
