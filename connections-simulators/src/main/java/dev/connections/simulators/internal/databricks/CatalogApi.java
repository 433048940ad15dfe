package dev.connections.simulators.internal.databricks;

import dev.connections.simulators.Fault;
import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * {@code /api/2.1/unity-catalog}: lists by pages, and single objects. A page's token is the name of
 * its last object; a full page always has one, so the last page may be empty.
 */
public final class CatalogApi {
  private static final String ROOT = "/api/2.1/unity-catalog/";
  private static final int SUMMARIES = 10_000;
  private static final String CONSTRAINTS = ",\"table_constraints\":[";

  private final Lakehouse lakehouse;
  private final Set<String> closed = ConcurrentHashMap.newKeySet();
  private volatile int pageSize = 50;

  /** Serves what the metastore holds. */
  public CatalogApi(Lakehouse lakehouse) {
    this.lakehouse = lakehouse;
  }

  /** How many objects a page holds unless fewer are asked for. */
  public void pageSize(int size) {
    pageSize = size;
  }

  /** Refuses a catalog, or a schema by its full name, with status 403. */
  public void close(String fullName) {
    closed.add(fullName);
  }

  boolean serves(String path) {
    return path.startsWith(ROOT);
  }

  Answer answer(Incoming request) {
    String[] path = request.path().substring(ROOT.length()).split("/", 2);
    String kind = path[0];
    if (kind.equals("metastore_summary")) {
      return Answer.json(
          200,
          Json.object("metastore_id", "simulated-metastore", "name", "simulated", "cloud", "aws"));
    }
    if (kind.equals("table-summaries")) {
      return summaries(request);
    }
    if (!Set.of(
            "catalogs", "schemas", "tables", "volumes", "functions", "models", "external-locations")
        .contains(kind)) {
      return Json.refusal(404, "ENDPOINT_NOT_FOUND", "No API found for " + request.path());
    }
    return path.length == 2 ? single(kind, path[1]) : list(kind, request);
  }

  private Answer single(String kind, String fullName) {
    int dot = fullName.lastIndexOf('.');
    String parent = dot < 0 ? "" : fullName.substring(0, dot);
    if (closed.contains(fullName) || isClosed(parent)) {
      return denied(fullName);
    }
    String name = fullName.substring(dot + 1);
    return lakehouse
        .find(kind, parent, name)
        .map(json -> Answer.json(200, json))
        .orElseGet(() -> missing(kind, fullName));
  }

  boolean isClosed(String parent) {
    return closed.contains(parent) || closed.contains(parent.split("\\.", 2)[0]);
  }

  private static Answer denied(String name) {
    return Json.refusal(403, "PERMISSION_DENIED", "User does not have USE on '" + name + "'.");
  }

  private static Answer missing(String kind, String name) {
    String code = kind.substring(0, kind.length() - 1).toUpperCase(java.util.Locale.ROOT);
    return Json.refusal(404, code + "_DOES_NOT_EXIST", "'" + name + "' does not exist.");
  }

  private Answer list(String kind, Incoming request) {
    int asked = request.number("max_results", 0);
    if (asked < 0) {
      return Json.refusal(
          400, "INVALID_PARAMETER_VALUE", "max_results must be greater than or equal to 0");
    }
    String parent = parent(kind, request);
    Optional<Answer> refused = refusal(kind, parent);
    return refused.orElseGet(() -> page(kind, parent, request, asked));
  }

  private static String parent(String kind, Incoming request) {
    String catalog = request.parameter("catalog_name").orElse("");
    return switch (kind) {
      case "catalogs", "external-locations" -> "";
      case "schemas" -> catalog;
      default -> catalog + "." + request.parameter("schema_name").orElse("");
    };
  }

  private Optional<Answer> refusal(String kind, String parent) {
    if (parent.isEmpty()) {
      return kind.equals("schemas")
          ? Optional.of(Json.refusal(400, "INVALID_PARAMETER_VALUE", "catalog_name is missing"))
          : Optional.empty();
    }
    if (isClosed(parent)) {
      return Optional.of(denied(parent));
    }
    String[] names = parent.split("\\.", 2);
    if (!lakehouse.has("catalogs", "", names[0])) {
      return Optional.of(missing("catalogs", names[0]));
    }
    return names.length == 2 && !lakehouse.has("schemas", names[0], names[1])
        ? Optional.of(missing("schemas", parent))
        : Optional.empty();
  }

  private Answer summaries(Incoming request) {
    String catalog = request.parameter("catalog_name").orElse("");
    Optional<Answer> refused = refusal("tables", catalog);
    if (refused.isPresent()) {
      return refused.get();
    }
    String wanted = request.parameter("schema_name_pattern").orElse("%");
    String after = request.parameter("page_token").orElse("");
    List<String> objects = new ArrayList<>();
    String last = "";
    for (String schema : lakehouse.within("schemas", catalog).keySet()) {
      boolean shown = wanted.equals("%") || wanted.equals(schema);
      if (!shown || isClosed(catalog + "." + schema)) {
        continue;
      }
      for (String table : lakehouse.within("tables", catalog + "." + schema).keySet()) {
        String fullName = catalog + "." + schema + "." + table;
        if (fullName.compareTo(after) > 0 && objects.size() < SUMMARIES) {
          objects.add(Json.object("full_name", fullName, "table_type", "MANAGED"));
          last = fullName;
        }
      }
    }
    String next =
        objects.size() == SUMMARIES ? ",\"next_page_token\":" + JsonText.quoted(last) : "";
    return Answer.json(200, "{\"tables\":[" + String.join(",", objects) + "]" + next + "}");
  }

  private Answer page(String kind, String parent, Incoming request, int asked) {
    NavigableMap<String, Supplier<String>> all = lakehouse.within(kind.replace('-', '_'), parent);
    Optional<String> token =
        request.fault(Fault.IgnoredCursor.class).isPresent()
            ? Optional.empty()
            : request.parameter("page_token");
    Map<String, Supplier<String>> rest =
        token
            .map(
                name ->
                    all.containsKey(name)
                        ? all.tailMap(name, false)
                        : Map.<String, Supplier<String>>of())
            .orElse(all);
    int size = asked == 0 ? pageSize : Math.min(asked, pageSize);
    List<String> objects = new ArrayList<>();
    String last = "";
    int seen = 0;
    for (Map.Entry<String, Supplier<String>> entry : rest.entrySet()) {
      if (seen++ == size) {
        break;
      }
      last = entry.getKey();
      shown(parent + "." + last, entry.getValue(), request)
          .map(CatalogApi::listed)
          .ifPresent(objects::add);
    }
    String next = seen >= size ? ",\"next_page_token\":" + JsonText.quoted(last) : "";
    return Answer.json(
        200, "{\"" + listName(kind) + "\":[" + String.join(",", objects) + "]" + next + "}");
  }

  /** Lists don't carry constraints. */
  private static String listed(String json) {
    int begin = json.indexOf(CONSTRAINTS);
    if (begin < 0) {
      return json;
    }
    int depth = 1;
    int end = begin + CONSTRAINTS.length();
    for (; end < json.length() && depth > 0; end++) {
      depth += json.charAt(end) == '[' ? 1 : json.charAt(end) == ']' ? -1 : 0;
    }
    return json.substring(0, begin) + json.substring(end);
  }

  private static String listName(String kind) {
    return kind.equals("models") ? "registered_models" : kind.replace('-', '_');
  }

  private Optional<String> shown(String fullName, Supplier<String> json, Incoming request) {
    if (!lakehouse.isBrowseOnly(fullName)) {
      return Optional.of(json.get());
    }
    return request.flag("include_browse")
        ? Optional.of("{\"browse_only\":true," + json.get().substring(1))
        : Optional.empty();
  }
}
