package dev.connections.http;

import dev.connections.api.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A request, relative to the service's base address or absolute. Immutable; its {@code toString}
 * shows neither parameters nor headers nor the body, for each of them may hold a secret.
 */
public final class HttpRequest {
  /** What is done. */
  public enum Method {
    /** Reads. */
    GET,
    /** Changes, or asks with a body. */
    POST,
    /** Replaces. */
    PUT,
    /** Changes in part. */
    PATCH,
    /** Removes. */
    DELETE
  }

  private final Method method;
  private final Optional<URI> absolute;
  private final List<String> segments;
  private final List<Parameter> query;
  private final List<Parameter> headers;
  private final List<SecretHeader> secretHeaders;
  private final Optional<Body> body;
  private final Set<Integer> expected;

  record Parameter(String name, String value) {}

  record SecretHeader(String name, Secret value) {}

  /** What is sent along. */
  static final class Body {
    private final String contentType;
    private final byte[] content;

    private Body(String contentType, byte[] content) {
      this.contentType = contentType;
      this.content = content.clone();
    }

    String contentType() {
      return contentType;
    }

    byte[] content() {
      return content.clone();
    }
  }

  private HttpRequest(
      Method method,
      Optional<URI> absolute,
      List<String> segments,
      List<Parameter> query,
      List<Parameter> headers,
      List<SecretHeader> secretHeaders,
      Optional<Body> body,
      Set<Integer> expected) {
    this.method = method;
    this.absolute = absolute;
    this.segments = List.copyOf(segments);
    this.query = List.copyOf(query);
    this.headers = List.copyOf(headers);
    this.secretHeaders = List.copyOf(secretHeaders);
    this.body = body;
    this.expected = Set.copyOf(expected);
  }

  /**
   * {@return a request that reads}
   *
   * @param segments the path under the base address, segment by segment; each is encoded, so that a
   *     name with a slash stays one
   * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}
   */
  public static HttpRequest get(String... segments) {
    return to(Method.GET, Optional.empty(), List.of(segments));
  }

  /**
   * {@return a request that reads from an address the service gave, such as that of the next page}
   *
   * @param address absolute; it is checked like every other
   */
  public static HttpRequest get(URI address) {
    return to(Method.GET, Optional.of(address), List.of());
  }

  /**
   * {@return a request of another method}
   *
   * @param method what is done
   * @param segments the path under the base address, segment by segment
   * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}
   */
  public static HttpRequest of(Method method, String... segments) {
    return to(method, Optional.empty(), List.of(segments));
  }

  /**
   * {@return a request of another method to an absolute address}
   *
   * @param method what is done
   * @param address absolute; it is checked like every other
   */
  public static HttpRequest of(Method method, URI address) {
    return to(method, Optional.of(address), List.of());
  }

  private static HttpRequest to(Method method, Optional<URI> absolute, List<String> segments) {
    for (String segment : segments) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException("not a segment of a path");
      }
    }
    return new HttpRequest(
        Objects.requireNonNull(method, "method"),
        absolute,
        segments,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Set.of());
  }

  /**
   * {@return a copy with one more parameter}
   *
   * @param name its name
   * @param value its value; both are encoded
   */
  public HttpRequest query(String name, String value) {
    return new HttpRequest(
        method,
        absolute,
        segments,
        and(query, new Parameter(name, value)),
        headers,
        secretHeaders,
        body,
        expected);
  }

  /**
   * {@return a copy with one more header}
   *
   * @param name its name
   * @param value its value; one that holds a secret goes to {@link #secretHeader}
   */
  public HttpRequest header(String name, String value) {
    return new HttpRequest(
        method,
        absolute,
        segments,
        query,
        and(headers, new Parameter(name, value)),
        secretHeaders,
        body,
        expected);
  }

  /**
   * {@return a copy with one more header that is sent to this server only, not to one it redirects
   * us to}
   *
   * @param name its name
   * @param value its value
   */
  public HttpRequest secretHeader(String name, Secret value) {
    return new HttpRequest(
        method,
        absolute,
        segments,
        query,
        headers,
        and(secretHeaders, new SecretHeader(name, value)),
        body,
        expected);
  }

  /**
   * {@return a copy with the fields of a form as its body}
   *
   * @param form texts and {@link Secret}s by name
   */
  public HttpRequest form(Map<String, ?> form) {
    byte[] encoded = Form.encode(form).getBytes(StandardCharsets.UTF_8);
    return body("application/x-www-form-urlencoded", encoded);
  }

  /**
   * {@return a copy with a JSON document as its body}
   *
   * @param value a map, list, text, number or flag, or a nesting of such
   * @throws IllegalArgumentException if the value is none of these
   */
  public HttpRequest json(Object value) {
    return body("application/json", JsonText.of(value).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@return a copy with a body}
   *
   * @param contentType what it is, for example {@code text/xml; charset=utf-8}
   * @param content the bytes; they are copied
   */
  public HttpRequest body(String contentType, byte[] content) {
    return new HttpRequest(
        method,
        absolute,
        segments,
        query,
        headers,
        secretHeaders,
        Optional.of(new Body(contentType, content)),
        expected);
  }

  /**
   * {@return a copy for which some statuses are no failures: the reader gets such answers}
   *
   * @param statuses beside those from 200 to 299
   */
  public HttpRequest expecting(int... statuses) {
    Set<Integer> more = new HashSet<>(expected);
    for (int status : statuses) {
      more.add(status);
    }
    return new HttpRequest(method, absolute, segments, query, headers, secretHeaders, body, more);
  }

  Method method() {
    return method;
  }

  Optional<URI> absolute() {
    return absolute;
  }

  List<String> segments() {
    return segments;
  }

  List<Parameter> query() {
    return query;
  }

  List<Parameter> headers() {
    return headers;
  }

  List<SecretHeader> secretHeaders() {
    return secretHeaders;
  }

  Optional<Body> body() {
    return body;
  }

  boolean expects(int status) {
    return (status >= 200 && status < 300) || expected.contains(status);
  }

  private static <T> List<T> and(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }

  /** {@return method and path; where the path comes from the service, only the method} */
  @Override
  public String toString() {
    return absolute.isPresent() ? method.toString() : method + " " + String.join("/", segments);
  }
}
