package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.PlainText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A filter as the query of a URL: each part as a parameter, in one order. */
final class FilterQuery {
  private static final int LONGEST = 10_000;
  private static final int LONGEST_KEY = 40;

  private static final String TYPE = "type";
  private static final String ACTIVE = "active";
  private static final String TEXT = "text";
  private static final String OWNER = "owner";
  private static final String WORKSPACE = "workspace";

  private FilterQuery() {}

  static String of(ConnectionFilter filter) {
    List<String> parts = new ArrayList<>();
    filter.types().stream().sorted().forEach(type -> parts.add(part(TYPE, type)));
    filter.active().ifPresent(wanted -> parts.add(part(ACTIVE, wanted.toString())));
    filter.text().ifPresent(text -> parts.add(part(TEXT, text)));
    filter.owner().ifPresent(owner -> parts.add(part(OWNER, owner)));
    filter.workspace().ifPresent(workspace -> parts.add(part(WORKSPACE, workspace)));
    return String.join("&", parts);
  }

  private static String part(String key, String value) {
    return key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  static ConnectionFilter parse(String query) {
    if (query.length() > LONGEST) {
      throw invalid("The filter has more than 10,000 characters.", "Shorten it.", Optional.empty());
    }
    ConnectionFilter filter = ConnectionFilter.all();
    Set<String> seen = new HashSet<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        filter = with(filter, part, seen);
      }
    }
    return filter;
  }

  private static ConnectionFilter with(ConnectionFilter filter, String part, Set<String> seen) {
    int equals = part.indexOf('=');
    String key = decoded(equals < 0 ? part : part.substring(0, equals), "a key");
    String shown = PlainText.of(key, LONGEST_KEY);
    if (!List.of(TYPE, ACTIVE, TEXT, OWNER, WORKSPACE).contains(key)) {
      throw invalid(
          "A filter has no part '" + shown + "'.",
          "Its parts are type, active, text, owner and workspace.",
          Optional.of(shown));
    }
    if (equals < 0) {
      throw invalid(
          "The filter's part '" + shown + "' has no value.",
          "Write " + shown + "=, and the value.",
          Optional.of(shown));
    }
    if (!key.equals(TYPE) && !seen.add(key)) {
      throw invalid(
          "The filter's part '" + shown + "' is there twice.",
          "Only type may be given several times.",
          Optional.of(shown));
    }
    return with(filter, key, decoded(part.substring(equals + 1), "the part '" + shown + "'"));
  }

  private static ConnectionFilter with(ConnectionFilter filter, String key, String value) {
    return switch (key) {
      case TYPE -> {
        Set<String> types = new HashSet<>(filter.types());
        types.add(value);
        yield filter.withTypes(types);
      }
      case ACTIVE -> filter.withActive(truth(value));
      case TEXT -> filter.withText(value);
      case OWNER -> filter.withOwner(value);
      default -> filter.withWorkspace(value);
    };
  }

  private static boolean truth(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw invalid(
          "The filter's part 'active' is neither true nor false.",
          "Write active=true or active=false.",
          Optional.of(ACTIVE));
    }
    return value.equals("true");
  }

  private static String decoded(String text, String what) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw invalid(
          "The filter has " + what + " with a percent sign that begins no escape.",
          "Write a percent sign as %25.",
          Optional.empty());
    }
  }

  private static ConnectionException invalid(String what, String remedy, Optional<String> field) {
    Failure failure = Failure.of(CoreErrorCode.INVALID_ARGUMENT, what).withRemedy(remedy);
    return field.map(name -> failure.withFieldPaths(List.of(name))).orElse(failure).asException();
  }
}
