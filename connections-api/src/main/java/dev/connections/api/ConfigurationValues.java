package dev.connections.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The raw values of a configuration, before validation: what a form sent or the store holds. Values
 * lie under dotted paths; a value is a {@code String}, {@code Boolean}, {@code Number}, {@link
 * Secret} or a {@code List} of such.
 *
 * <p>Immutable and safe for any thread. {@code toString} names the paths and no value, since any of
 * them may be secret.
 */
public final class ConfigurationValues {
  private static final ConfigurationValues EMPTY = new ConfigurationValues(Map.of());

  private final Map<String, Object> values;

  private ConfigurationValues(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** {@return no values} */
  public static ConfigurationValues empty() {
    return EMPTY;
  }

  /**
   * {@return the values of a tree as JSON has it} Nested maps become dotted paths; members that are
   * null are left out, as if they weren't there.
   *
   * @param tree maps, lists, texts, numbers, booleans and secrets
   * @throws IllegalArgumentException if a value is of another class
   */
  public static ConfigurationValues of(Map<String, ?> tree) {
    Map<String, Object> flat = new LinkedHashMap<>();
    flatten("", tree, flat);
    return new ConfigurationValues(flat);
  }

  private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat) {
    tree.forEach(
        (name, value) -> {
          String path = prefix + name;
          if (value instanceof Map<?, ?> child) {
            flatten(path + ".", child, flat);
          } else if (value != null) {
            flat.put(path, checked(path, value));
          }
        });
  }

  private static Object checked(String path, Object value) {
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.stream().filter(Objects::nonNull).forEach(item -> copy.add(checked(path, item)));
      return Collections.unmodifiableList(copy);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((name, item) -> copy.put(String.valueOf(name), checked(path, item)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof String
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof Secret) {
      return value;
    }
    throw new IllegalArgumentException(
        "the value of " + path + " is a " + value.getClass().getName());
  }

  /**
   * {@return a copy with one more value, or with another value at a path that has one}
   *
   * @param path a dotted path
   * @param value a text, boolean, number, secret or list of such
   * @throws IllegalArgumentException if the value is of another class
   */
  public ConfigurationValues with(String path, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    if (value instanceof Map<?, ?> map) {
      flatten(path + ".", map, copy);
    } else {
      copy.put(path, checked(path, value));
    }
    return new ConfigurationValues(copy);
  }

  /**
   * {@return a copy without the value of a path}
   *
   * @param path a dotted path; it may be absent already
   */
  public ConfigurationValues without(String path) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.remove(path);
    return new ConfigurationValues(copy);
  }

  /**
   * {@return a copy in which the other values stand over these}
   *
   * @param other the values that win
   */
  public ConfigurationValues overlaidWith(ConfigurationValues other) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.putAll(other.values);
    return new ConfigurationValues(copy);
  }

  /**
   * {@return the value of a path}
   *
   * @param path a dotted path
   */
  public Optional<Object> find(String path) {
    return Optional.ofNullable(values.get(path));
  }

  /** {@return the paths that have a value, in the order they came} */
  public Set<String> paths() {
    return values.keySet();
  }

  /** {@return the values as nested maps, as JSON has them; secrets stay {@link Secret}s} */
  public Map<String, Object> toTree() {
    Map<String, Object> root = new LinkedHashMap<>();
    // Shorter paths first: a value at "a" must not be replaced by the object that "a.b" needs.
    values.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getKey().length()))
        .forEach(entry -> place(root, entry.getKey(), entry.getValue()));
    return root;
  }

  @SuppressWarnings("unchecked") // every map in the tree is made here
  private static void place(Map<String, Object> root, String path, Object value) {
    Map<String, Object> at = root;
    String rest = path;
    for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
      Object child = at.computeIfAbsent(rest.substring(0, dot), name -> new LinkedHashMap<>());
      if (!(child instanceof Map<?, ?>)) {
        break; // "a" and "a.b" both have values: the longer one keeps its dotted name
      }
      at = (Map<String, Object>) child;
      rest = rest.substring(dot + 1);
    }
    at.put(rest, value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigurationValues that && that.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** {@return the paths; never a value} */
  @Override
  public String toString() {
    return "ConfigurationValues" + values.keySet();
  }
}
