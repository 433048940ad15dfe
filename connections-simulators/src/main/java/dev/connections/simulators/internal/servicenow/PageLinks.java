package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Incoming;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code Link} header. Its addresses hold raw commas, and nothing but a comma stands between
 * two of them.
 */
final class PageLinks {
  private PageLinks() {}

  static Optional<String> of(String url, Incoming request, int offset, int limit, int total) {
    if (limit == 0) {
      return Optional.empty();
    }
    List<String> links = new ArrayList<>();
    links.add(link(url, request, 0, "first"));
    if (offset > 0) {
      links.add(link(url, request, Math.max(0, offset - limit), "prev"));
    }
    if ((long) offset + limit < total) {
      links.add(link(url, request, offset + limit, "next"));
    }
    if (!request.flag("sysparm_no_count")) {
      links.add(link(url, request, total == 0 ? 0 : (total - 1) / limit * limit, "last"));
    }
    return Optional.of(String.join(",", links));
  }

  private static String link(String url, Incoming request, int offset, String rel) {
    StringBuilder address = new StringBuilder(url).append(request.path()).append('?');
    request
        .request()
        .query()
        .forEach(
            (name, values) -> {
              if (!name.equals("sysparm_offset")) {
                values.forEach(
                    value -> address.append(name).append('=').append(encoded(value)).append('&'));
              }
            });
    return "<" + address.append("sysparm_offset=").append(offset) + ">;rel=\"" + rel + "\"";
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("%2C", ",");
  }
}
