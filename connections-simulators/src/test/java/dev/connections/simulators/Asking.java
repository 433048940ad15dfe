package dev.connections.simulators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A client as plain as can be, with the user's credentials unless told otherwise. */
final class Asking {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI url;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Asking(URI url) {
    this.url = url;
    headers.put("Accept", "application/json");
  }

  static Asking the(ServiceNowSimulator instance) {
    return new Asking(instance.url()).as(instance.user(), instance.password());
  }

  Asking as(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  Asking with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Asking without(String name) {
    headers.remove(name);
    return this;
  }

  /** GET with parameters, given as name, value, name, value. */
  HttpResponse<String> get(String path, String... parameters) throws IOException {
    List<String> query = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return send(HttpRequest.newBuilder(url.resolve(path + "?" + String.join("&", query))).GET());
  }

  HttpResponse<String> form(String path, Map<String, String> fields) throws IOException {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(String path, String json) throws IOException {
    return send(
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    headers.forEach(request::header);
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  /** The rows of a page of the Table API. */
  static List<JsonNode> rows(HttpResponse<String> answer) {
    List<JsonNode> rows = new ArrayList<>();
    json(answer).path("result").forEach(rows::add);
    return rows;
  }

  /** One field of each row. */
  static List<String> texts(HttpResponse<String> answer, String field) {
    return rows(answer).stream().map(row -> row.path(field).asText()).toList();
  }
}
