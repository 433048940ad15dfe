package dev.connections.simulators.internal;

import dev.connections.simulators.Fault;
import dev.connections.simulators.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as the service sees it: with its body, its credentials and the faults that hit it. */
public final class Incoming {
  private final SimulatedRequest request;
  private final Optional<String> authorization;
  private final byte[] body;
  private final List<Fault> faults;

  Incoming(
      SimulatedRequest request, Optional<String> authorization, byte[] body, List<Fault> faults) {
    this.request = request;
    this.authorization = authorization;
    this.body = body;
    this.faults = faults;
  }

  /** Method, path, query and headers. */
  public SimulatedRequest request() {
    return request;
  }

  /** The path without host and query. */
  public String path() {
    return request.path();
  }

  /** Whether the request's method is this one. */
  public boolean is(String method) {
    return request.method().equals(method);
  }

  /** The first value of a parameter of the query. */
  public Optional<String> parameter(String name) {
    return request.parameter(name);
  }

  /** Whether a parameter of the query says true. */
  public boolean flag(String name) {
    return parameter(name).filter("true"::equals).isPresent();
  }

  /** A whole number of the query; the other one where it is missing or none. */
  public int number(String name, int otherwise) {
    try {
      return parameter(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body's fields, where it is a form. */
  public Map<String, List<String>> form() {
    return Form.parse(text());
  }

  /** The token of {@code Authorization: Bearer}. */
  public Optional<String> bearer() {
    return credentials("Bearer ");
  }

  /** User and password of {@code Authorization: Basic}. */
  public Optional<Map.Entry<String, String>> basic() {
    return credentials("Basic ")
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .filter(text -> text.indexOf(':') >= 0)
        .map(
            text ->
                Map.entry(
                    text.substring(0, text.indexOf(':')), text.substring(text.indexOf(':') + 1)));
  }

  private Optional<String> credentials(String scheme) {
    return authorization
        .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(value -> value.substring(scheme.length()));
  }

  /** The fault of this kind that the service itself has to play, if this request is hit by one. */
  public <F extends Fault> Optional<F> fault(Class<F> kind) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
