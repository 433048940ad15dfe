package dev.connections.databricks.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.http.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The external locations that the login sees, asked for once and only if a table outside managed
 * storage comes up. Safe for any thread.
 */
final class ExternalLocations {
  private final UnityCatalog unity;
  private final Operation operation;
  private @Nullable Map<String, String> byUrl;
  private Optional<Failure> failure = Optional.empty();

  ExternalLocations(UnityCatalog unity, Operation operation) {
    this.unity = unity;
    this.operation = operation;
  }

  /** {@return the name of the location that a storage path lies in: of several, the innermost} */
  Optional<String> of(String path) {
    String wanted = folder(path);
    return known().entrySet().stream()
        .filter(entry -> wanted.startsWith(entry.getKey()))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue);
  }

  private synchronized Map<String, String> known() {
    if (byUrl == null) {
      byUrl = read();
    }
    return byUrl;
  }

  private Map<String, String> read() {
    Map<String, String> read = new TreeMap<>();
    try {
      for (JsonObject location : unity.externalLocations(operation)) {
        Optional<String> url = location.text("url");
        Optional<String> name = location.text("name");
        if (url.isPresent() && name.isPresent()) {
          read.put(folder(url.get()), name.get());
        }
      }
    } catch (ConnectionException failed) {
      if (Finality.of(failed)) {
        throw failed;
      }
      failure = Optional.of(failed.failure());
    }
    return read;
  }

  /** {@return that the locations aren't known, and why; none if they are, or weren't asked for} */
  synchronized List<Notice> notices() {
    return failure.stream()
        .map(
            why ->
                FactsReader.notLoaded(
                    "External locations weren't read. " + why.message(),
                    why.remedy().orElse("Try again.")))
        .toList();
  }

  /** Scheme and host in lower case, and a slash at the end, so that no name is half a name. */
  private static String folder(String path) {
    int host = path.indexOf('/', path.indexOf("://") + 3);
    int end = host < 0 ? path.length() : host;
    String folder = path.substring(0, end).toLowerCase(Locale.ROOT) + path.substring(end);
    return folder.endsWith("/") ? folder : folder + "/";
  }
}
