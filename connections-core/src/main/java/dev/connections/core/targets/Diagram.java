package dev.connections.core.targets;

import dev.connections.api.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws tables and their references as SVG: a table stands to the right of those it refers to, and
 * near them. Colours and fonts are the page's.
 */
final class Diagram {
  private static final int WIDTH = 220;
  private static final int INSET = 12;
  private static final int GAP_X = 80;
  private static final int GAP_Y = 22;
  private static final int HEAD = 42;
  private static final int LINE = 18;
  private static final int MARGIN = 16;
  private static final int MOST_LINES = 6;
  private static final int MOST_IN_COLUMN = 10;

  private final Relations.Picture picture;
  private final Map<TableName, Box> boxes = new HashMap<>();
  private final Map<Integer, List<Box>> columnsByX = new TreeMap<>();
  private int width;
  private int height;

  private record Box(int x, int y, int height) {
    int below() {
      return y + height;
    }
  }

  private Diagram(Relations.Picture picture) {
    this.picture = picture;
  }

  static String svg(Relations.Picture picture) {
    Diagram diagram = new Diagram(picture);
    diagram.place();
    return diagram.draw();
  }

  private void place() {
    List<List<Relations.Node>> columns = new ArrayList<>();
    for (List<Relations.Node> layer : layers().values()) {
      List<Relations.Node> ordered = nearReferences(layer, columns);
      int parts = (ordered.size() + MOST_IN_COLUMN - 1) / MOST_IN_COLUMN;
      int size = (ordered.size() + parts - 1) / parts;
      for (int from = 0; from < ordered.size(); from += size) {
        columns.add(ordered.subList(from, Math.min(from + size, ordered.size())));
      }
    }
    int tallest = columns.stream().mapToInt(Diagram::height).max().orElse(0);
    int x = MARGIN;
    // Lines may pass above and below all tables.
    int top = MARGIN + GAP_Y / 2;
    for (List<Relations.Node> column : columns) {
      int y = top + (tallest - height(column)) / 2;
      for (Relations.Node node : column) {
        int boxHeight = height(node);
        Box box = new Box(x, y, boxHeight);
        boxes.put(node.name(), box);
        columnsByX.computeIfAbsent(x, place -> new ArrayList<>()).add(box);
        y += boxHeight + GAP_Y;
      }
      x += WIDTH + GAP_X;
    }
    width = x - GAP_X + MARGIN + GAP_X / 2;
    height = tallest + 2 * MARGIN + GAP_Y;
  }

  /** Tables by how many references lead on from them; what lies on a circle doesn't count. */
  private Map<Integer, List<Relations.Node>> layers() {
    Map<TableName, Set<TableName>> reachable = reachable();
    Map<TableName, Integer> depth = new HashMap<>();
    picture.nodes().forEach(node -> depth.put(node.name(), 0));
    for (int round = 0; round < picture.nodes().size(); round++) {
      boolean moved = false;
      for (Relations.Edge edge : picture.edges()) {
        int wanted = depth.getOrDefault(edge.to(), 0) + 1;
        boolean circle = reachable.getOrDefault(edge.to(), Set.of()).contains(edge.from());
        if (!circle && depth.getOrDefault(edge.from(), 0) < wanted) {
          depth.put(edge.from(), wanted);
          moved = true;
        }
      }
      if (!moved) {
        break;
      }
    }
    Map<Integer, List<Relations.Node>> layers = new TreeMap<>();
    picture
        .nodes()
        .forEach(
            node ->
                layers
                    .computeIfAbsent(depth.getOrDefault(node.name(), 0), d -> new ArrayList<>())
                    .add(node));
    return layers;
  }

  /** All tables that references lead to, from each table. */
  private Map<TableName, Set<TableName>> reachable() {
    Map<TableName, Set<TableName>> next = new HashMap<>();
    for (Relations.Edge edge : picture.edges()) {
      next.computeIfAbsent(edge.from(), name -> new LinkedHashSet<>()).add(edge.to());
    }
    Map<TableName, Set<TableName>> reachable = new HashMap<>();
    for (Relations.Node node : picture.nodes()) {
      Set<TableName> seen = new LinkedHashSet<>();
      List<TableName> open = new ArrayList<>(List.of(node.name()));
      while (!open.isEmpty()) {
        for (TableName name : next.getOrDefault(open.remove(open.size() - 1), Set.of())) {
          if (seen.add(name)) {
            open.add(name);
          }
        }
      }
      reachable.put(node.name(), seen);
    }
    return reachable;
  }

  private List<Relations.Node> nearReferences(
      List<Relations.Node> layer, List<List<Relations.Node>> before) {
    Map<TableName, Double> places = new HashMap<>();
    for (List<Relations.Node> column : before) {
      for (int i = 0; i < column.size(); i++) {
        places.put(column.get(i).name(), (i + 0.5) / column.size());
      }
    }
    return layer.stream().sorted(Comparator.comparingDouble(node -> place(node, places))).toList();
  }

  private double place(Relations.Node node, Map<TableName, Double> places) {
    return picture.edges().stream()
        .filter(edge -> edge.from().equals(node.name()) && places.containsKey(edge.to()))
        .mapToDouble(edge -> places.getOrDefault(edge.to(), 0.5))
        .average()
        .orElse(0.5);
  }

  private static int height(List<Relations.Node> column) {
    return column.stream().mapToInt(node -> height(node) + GAP_Y).sum() - GAP_Y;
  }

  private static int height(Relations.Node node) {
    int lines = lines(node).size();
    return HEAD + lines * LINE + (lines > 0 ? 8 : 0);
  }

  private record Line(String sign, String text) {}

  private static List<Line> lines(Relations.Node node) {
    List<Line> lines = new ArrayList<>();
    node.key().forEach(column -> lines.add(new Line("PK", column)));
    node.references().stream()
        .filter(column -> !node.key().contains(column))
        .forEach(column -> lines.add(new Line("FK", column)));
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<Line> some = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
    some.add(new Line("", "and " + (lines.size() - MOST_LINES + 1) + " more"));
    return some;
  }

  private String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"er\" role=\"img\" aria-label=\"Diagram of "
            + picture.nodes().size()
            + " tables and "
            + picture.edges().size()
            + " relationships; the list below says the same\" width=\""
            + width
            + "\" height=\""
            + height
            + "\" viewBox=\"0 0 "
            + width
            + " "
            + height
            + "\">\n");
    picture.edges().forEach(edge -> line(svg, edge));
    picture.nodes().forEach(node -> box(svg, node));
    return svg.append("</svg>\n").toString();
  }

  private void line(StringBuilder svg, Relations.Edge edge) {
    Box from = box(edge.from());
    Box to = box(edge.to());
    int startY = anchor(edge.from(), edge.columns(), "FK");
    int endY = anchor(edge.to(), List.of(), "PK");
    StringBuilder path = new StringBuilder();
    boolean leftwards = to.x() < from.x();
    int startX = leftwards ? from.x() : from.x() + WIDTH;
    path.append("M" + startX + " " + startY);
    if (leftwards) {
      leftwards(path, from, to, startY, endY);
    } else if (to.x() == from.x()) {
      int bend = startX + GAP_X / 2;
      path.append(" C" + bend + " " + startY + " " + bend + " " + endY + " " + startX + " " + endY);
    } else {
      curve(path, startX, startY, to.x(), endY);
    }
    svg.append("<path class=\"line\" d=\"" + path + "\"/><path class=\"foot\" d=\"");
    svg.append(foot(startX, startY, leftwards ? -1 : 1) + "\"/>\n");
  }

  /** Goes through the free space of each column in between, so as not to vanish behind a table. */
  private void leftwards(StringBuilder path, Box from, Box to, int startY, int endY) {
    int x = from.x();
    int y = startY;
    List<Integer> between = new ArrayList<>();
    for (int columnX : columnsByX.keySet()) {
      if (columnX > to.x() && columnX < from.x()) {
        between.add(0, columnX);
      }
    }
    for (int columnX : between) {
      int way = (int) ((long) (endY - y) * (x - columnX) / (x - to.x() - WIDTH));
      int free = free(columnsByX.getOrDefault(columnX, List.of()), y + way / 2);
      curve(path, x, y, columnX + WIDTH, free);
      path.append(" H" + columnX);
      x = columnX;
      y = free;
    }
    curve(path, x, y, to.x() + WIDTH, endY);
  }

  /** The height nearest to a wanted one at which a line crosses no table of a column. */
  private static int free(List<Box> column, int wanted) {
    int best = column.get(0).y() - GAP_Y / 2;
    for (Box box : column) {
      int below = box.below() + GAP_Y / 2;
      if (Math.abs(below - wanted) < Math.abs(best - wanted)) {
        best = below;
      }
    }
    boolean outside =
        wanted < column.get(0).y() - GAP_Y / 2
            || wanted > column.get(column.size() - 1).below() + GAP_Y / 2;
    return outside ? wanted : best;
  }

  /** Where a line leaves or reaches a table: at the column that it is about, if it is shown. */
  private int anchor(TableName name, List<String> columns, String sign) {
    Relations.Node node =
        picture.nodes().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    List<Line> lines = lines(node);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      boolean wanted =
          columns.isEmpty() ? line.sign().equals(sign) : columns.get(0).equals(line.text());
      if (wanted) {
        return box(name).y() + HEAD + 10 + i * LINE;
      }
    }
    return box(name).y() + HEAD / 2;
  }

  private static void curve(StringBuilder path, int x1, int y1, int x2, int y2) {
    int bend = (x2 - x1) / 2;
    path.append(" C" + (x1 + bend) + " " + y1 + " " + (x2 - bend) + " " + y2 + " " + x2 + " " + y2);
  }

  /** Three toes where many rows refer to one. */
  private static String foot(int x, int y, int side) {
    int tip = x + side * 10;
    return "M" + tip + " " + y + " L" + x + " " + (y - 5) + " M" + tip + " " + y + " L" + x + " "
        + (y + 5);
  }

  private void box(StringBuilder svg, Relations.Node node) {
    Box box = box(node.name());
    svg.append("<g><title>" + Html.text(node.name().display()) + "</title>");
    svg.append(
        "<rect class=\"box\" x=\""
            + box.x()
            + "\" y=\""
            + box.y()
            + "\" width=\""
            + WIDTH
            + "\" height=\""
            + box.height()
            + "\" rx=\"8\"/>");
    // A picture within the picture shows nothing beyond its own edges.
    svg.append("<svg x=\"" + box.x() + "\" y=\"" + box.y() + "\" width=\"" + WIDTH);
    svg.append("\" height=\"" + box.height() + "\">");
    text(svg, Label.NAME, INSET, 18, node.name().table());
    text(svg, Label.SCHEMA, INSET, 33, node.name().schema().display());
    int y = HEAD + 14;
    for (Line line : lines(node)) {
      text(svg, Label.SIGN, INSET, y, line.sign());
      text(svg, Label.COLUMN, INSET + 26, y, line.text());
      y += LINE;
    }
    svg.append("</svg></g>\n");
  }

  private static void text(StringBuilder svg, Label label, int x, int y, String words) {
    svg.append("<text class=\"" + label.style() + "\" x=\"" + x + "\" y=\"" + y + "\">");
    svg.append(Html.text(label.fitted(words, WIDTH - x - INSET)) + "</text>");
  }

  private Box box(TableName name) {
    Box box = boxes.get(name);
    if (box == null) {
      throw new IllegalStateException("a line to a table that isn't drawn");
    }
    return box;
  }
}
