package dev.connections.mssql.tds;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a client of a service on the web asks, once per connection.
 *
 * @param path without the question
 * @param question what follows it
 * @param head all lines before the body
 * @param body what it sends
 */
record HttpRequest(String path, String question, String head, String body) {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  static HttpRequest read(Socket client) throws IOException {
    String head = head(client.getInputStream());
    Matcher length = LENGTH.matcher(head);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    String body = new String(client.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    String[] target = head.split(" ", 3)[1].split("\\?", 2);
    return new HttpRequest(target[0], target.length == 2 ? target[1] : "", head, body);
  }

  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Names and values, as a form or a question holds them. */
  static Map<String, String> form(String text) {
    return Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                (first, second) -> second));
  }

  /** The client is told that there can't be another request. */
  static void reply(Socket client, String status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            .formatted(status, bytes.length);
    OutputStream out = client.getOutputStream();
    out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.flush();
    client.close();
  }
}
