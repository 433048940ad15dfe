package dev.connections.filesystem.internal.xml;

import dev.connections.filesystem.internal.ReadLimits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which element of a document is its row: of the elements that stand beside others of their
 * name, those nearest to the root, and of these the most frequent one. Where nothing is repeated,
 * the document is one row: its root's only child, or the root itself.
 */
final class RowTag {
  private RowTag() {}

  /** What was seen of the elements of one name at one place. */
  private static final class Element {
    private final String name;
    private final Map<String, Element> children = new LinkedHashMap<>();
    private long inThisParent;
    private long mostInOneParent;

    private Element(String name) {
      this.name = name;
    }

    private void begin() {
      inThisParent++;
      mostInOneParent = Math.max(mostInOneParent, inThisParent);
      children.values().forEach(child -> child.inThisParent = 0);
    }

    private boolean repeated() {
      return mostInOneParent > 1;
    }
  }

  /**
   * The name of the row's element; empty if the document has no element.
   *
   * @param cursor at the document's start
   */
  static Optional<String> find(XmlCursor cursor, String path, ReadLimits limits)
      throws IOException {
    Element document = read(cursor, path, limits);
    return document.children.values().stream().findFirst().map(root -> rowOf(root).name);
  }

  /** Reads elements to the document's end, or until enough was read. */
  private static Element read(XmlCursor cursor, String path, ReadLimits limits) throws IOException {
    Element document = new Element("");
    Deque<Element> open = new ArrayDeque<>();
    open.push(document);
    int different = 0;
    while (cursor.count() <= limits.wholeValueBytes() && cursor.next()) {
      if (cursor.atStart()) {
        Map<String, Element> siblings = open.element().children;
        Element element = siblings.get(cursor.name());
        if (element == null) {
          if (++different > limits.mostColumns()) {
            throw XmlFailures.manyFields(path, limits.mostColumns());
          }
          element = new Element(cursor.name());
          siblings.put(element.name, element);
        }
        element.begin();
        open.push(element);
      } else if (cursor.atEnd()) {
        open.pop();
      }
    }
    return document;
  }

  private static Element rowOf(Element root) {
    Collection<Element> level = root.children.values();
    while (!level.isEmpty()) {
      Optional<Element> most =
          level.stream()
              .filter(Element::repeated)
              .max(Comparator.comparingLong(element -> element.mostInOneParent));
      if (most.isPresent()) {
        return most.get();
      }
      level = below(level);
    }
    return root.children.size() == 1 ? root.children.values().iterator().next() : root;
  }

  private static List<Element> below(Collection<Element> level) {
    return level.stream().flatMap(element -> element.children.values().stream()).toList();
  }
}
