package dev.connections.core.targets;

import dev.connections.api.ForeignKey;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.core.internal.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Collects the foreign keys of an import, and picks those that a diagram can show. */
final class Relations {
  /** So many foreign keys are kept; a diagram shows far fewer. */
  static final int KEPT = 5_000;

  /** So many tables are drawn; with more, no line can be followed. */
  static final int DRAWN = 60;

  private final List<Edge> edges = new ArrayList<>();
  private final Map<TableName, List<String>> keys = new HashMap<>();
  private boolean cut;

  /** A reference from one table to another. */
  record Edge(TableName from, TableName to, List<String> columns) {}

  /** A table of the diagram, with the columns that are worth a line. */
  record Node(TableName name, List<String> key, List<String> references) {}

  /**
   * What is drawn.
   *
   * @param nodes the tables
   * @param edges between them
   * @param connected how many tables have a relationship inside the import, drawn or not
   * @param whole whether every foreign key was looked at
   */
  record Picture(List<Node> nodes, List<Edge> edges, int connected, boolean whole) {}

  void add(TableMetadata table) {
    if (edges.size() >= KEPT) {
      cut |= !table.foreignKeys().isEmpty();
    } else {
      for (ForeignKey key : table.foreignKeys()) {
        edges.add(new Edge(Json.whole(table.name()), Json.whole(key.references()), key.columns()));
      }
    }
    if (keys.size() < KEPT) {
      table
          .primaryKey()
          .map(key -> key.columns().stream().distinct().toList())
          .ifPresent(key -> keys.put(Json.whole(table.name()), key));
    }
  }

  Picture diagram(Collection<TableName> imported) {
    List<Edge> inside =
        edges.stream()
            .filter(edge -> imported.contains(edge.to()))
            .sorted(
                Comparator.comparing(Edge::from)
                    .thenComparing(Edge::to)
                    .thenComparing(edge -> String.join(",", edge.columns())))
            .toList();
    Map<TableName, Integer> degrees = new TreeMap<>();
    for (Edge edge : inside) {
      degrees.merge(edge.from(), 1, Integer::sum);
      degrees.merge(edge.to(), 1, Integer::sum);
    }
    List<TableName> drawn =
        degrees.entrySet().stream()
            .sorted(Map.Entry.<TableName, Integer>comparingByValue().reversed())
            .limit(DRAWN)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    Set<TableName> shown = new HashSet<>(drawn);
    List<Edge> lines =
        inside.stream()
            .filter(edge -> shown.contains(edge.from()) && shown.contains(edge.to()))
            .toList();
    List<Node> nodes = drawn.stream().map(name -> node(name, lines)).toList();
    return new Picture(nodes, lines, degrees.size(), !cut);
  }

  private Node node(TableName name, List<Edge> lines) {
    List<String> key = keys.getOrDefault(name, List.of());
    Set<String> references = new LinkedHashSet<>();
    lines.stream()
        .filter(edge -> edge.from().equals(name))
        .forEach(edge -> references.addAll(edge.columns()));
    return new Node(name, key, List.copyOf(references));
  }
}
