package dev.connections.simulators;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can go wrong with a request, whatever the service is. */
public sealed interface Fault {
  /**
   * The answer comes late, and is a good one.
   *
   * @param time how late, beside the latency
   */
  record Delay(Duration time) implements Fault {}

  /** No answer comes until the simulator closes or the client goes away. */
  record Silence() implements Fault {}

  /**
   * Another answer comes instead. The service doesn't look at the request.
   *
   * @param status of HTTP
   * @param headers of the answer
   * @param body of the answer, empty where there is none
   */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {
    /**
     * Copies the headers.
     *
     * @param status of HTTP
     * @param headers of the answer
     * @param body of the answer
     */
    public Answer {
      headers = Map.copyOf(headers);
    }

    /**
     * The same answer with one more header.
     *
     * @param name of the header
     * @param value of the header
     * @return a new answer
     */
    public Answer with(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }
  }

  /**
   * The body ends too early, while HTTP says that it is complete: what a proxy or a crashed page
   * leaves behind.
   *
   * @param bytes how many bytes of the body are sent
   */
  record CutBody(int bytes) implements Fault {}

  /**
   * The connection breaks while the body is sent.
   *
   * @param bytes how many bytes of the body are sent before
   */
  record LostConnection(int bytes) implements Fault {}

  /** The body begins well, and its last part is repeated until the client goes away. */
  record EndlessBody() implements Fault {}

  /** The last good answer to the same path is sent once more, whatever was asked. */
  record PreviousAnswer() implements Fault {}

  /**
   * The service takes no notice of where the page should begin: it answers with the first one. For
   * the services that page.
   */
  record IgnoredCursor() implements Fault {}

  /**
   * ServiceNow's cancelled transaction: some rows, then an error in the same document.
   *
   * @param rows how many rows come before the error
   * @param malformed whether the document is broken where the rows end, as it often is
   */
  record CancelledPage(int rows, boolean malformed) implements Fault {}

  /**
   * A late answer.
   *
   * @param time how late, beside the latency
   * @return the fault
   */
  static Fault delay(Duration time) {
    return new Delay(time);
  }

  /**
   * No answer at all.
   *
   * @return the fault
   */
  static Fault silence() {
    return new Silence();
  }

  /**
   * Another answer in JSON.
   *
   * @param status of HTTP
   * @param body sent as {@code application/json}, whether it is JSON or not
   * @return the fault, to which headers can be added
   */
  static Answer json(int status, String body) {
    return new Answer(status, Map.of("Content-Type", "application/json;charset=UTF-8"), body);
  }

  /**
   * A page for people instead of data.
   *
   * @param status of HTTP
   * @param body sent as {@code text/html}
   * @return the fault, to which headers can be added
   */
  static Answer html(int status, String body) {
    return new Answer(status, Map.of("Content-Type", "text/html;charset=UTF-8"), body);
  }

  /**
   * A status and nothing else.
   *
   * @param status of HTTP
   * @return the fault, to which headers can be added
   */
  static Answer status(int status) {
    return new Answer(status, Map.of(), "");
  }

  /**
   * A body that ends too early, in a complete answer.
   *
   * @param bytes how many bytes of the body are sent
   * @return the fault
   */
  static Fault cutBody(int bytes) {
    return new CutBody(bytes);
  }

  /**
   * A connection that breaks.
   *
   * @param bytes how many bytes of the body are sent before
   * @return the fault
   */
  static Fault lostConnection(int bytes) {
    return new LostConnection(bytes);
  }

  /**
   * A body without an end.
   *
   * @return the fault
   */
  static Fault endlessBody() {
    return new EndlessBody();
  }

  /**
   * The answer before, once more.
   *
   * @return the fault
   */
  static Fault previousAnswer() {
    return new PreviousAnswer();
  }

  /**
   * The first page, whichever was asked for.
   *
   * @return the fault
   */
  static Fault ignoredCursor() {
    return new IgnoredCursor();
  }
}
