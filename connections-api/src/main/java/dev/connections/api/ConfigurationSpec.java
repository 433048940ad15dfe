package dev.connections.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything there is to say about a type's configuration: its fields in groups, its rules and its
 * version. A host draws its editor form from it.
 *
 * <p>{@link #validate} is offline, instant and reports <em>all</em> problems at once; whether the
 * values work is for {@link ConnectionAdapter#test} to find out.
 *
 * <p>Immutable and safe for any thread, provided the rules are.
 */
public final class ConfigurationSpec {
  private final int version;
  private final List<FieldGroup> groups;
  private final List<ConfigurationRule> rules;
  private final Map<String, Field<?>> byPath;

  private ConfigurationSpec(Builder builder) {
    this.version = builder.version;
    this.groups = List.copyOf(builder.groups);
    this.rules = List.copyOf(builder.rules);
    this.byPath = Collections.unmodifiableMap(index(groups));
  }

  private static Map<String, Field<?>> index(List<FieldGroup> groups) {
    Map<String, Field<?>> index = new LinkedHashMap<>();
    for (FieldGroup group : groups) {
      for (Field<?> field : group.fields()) {
        List<String> paths = new ArrayList<>(field.aliases());
        paths.add(0, field.path());
        for (String path : paths) {
          if (index.putIfAbsent(path, field) != null) {
            throw new IllegalArgumentException("two fields at " + path);
          }
        }
      }
    }
    for (Field<?> field : index.values()) {
      for (Field.Condition condition : field.conditions()) {
        if (!index.containsKey(condition.field().path())) {
          throw new IllegalArgumentException(
              field + " depends on " + condition.field() + ", which isn't in the spec");
        }
      }
    }
    return index;
  }

  /**
   * {@return a builder}
   *
   * @param version the number of this form of the configuration, from 1; it grows with every change
   *     that stored configurations must be migrated for
   */
  public static Builder version(int version) {
    return new Builder(version);
  }

  /** {@return the number of this form of the configuration} */
  public int version() {
    return version;
  }

  /** {@return the groups, in the order a form shows them} */
  public List<FieldGroup> groups() {
    return groups;
  }

  /** {@return all fields, in the order a form shows them} */
  public List<Field<?>> fields() {
    return groups.stream().<Field<?>>flatMap(group -> group.fields().stream()).toList();
  }

  /**
   * {@return the field at a path, or the one that has the path as an alias}
   *
   * @param path a dotted path
   */
  public Optional<Field<?>> field(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /**
   * {@return the values with aliases replaced by the paths of their fields} Where both are set, the
   * field's own path wins. Unknown paths stay.
   *
   * @param values raw values
   */
  public ConfigurationValues canonical(ConfigurationValues values) {
    ConfigurationValues canonical = values;
    for (String path : values.paths()) {
      Field<?> field = byPath.get(path);
      if (field != null && !field.path().equals(path)) {
        canonical = canonical.without(path);
        if (values.find(field.path()).isEmpty()) {
          canonical = canonical.with(field.path(), values.find(path).orElseThrow());
        }
      }
    }
    return canonical;
  }

  /**
   * {@return all that is wrong with the values; empty if nothing is} Makes no call and touches no
   * file.
   *
   * @param values raw values, secrets included
   */
  public List<ConfigurationProblem> validate(ConfigurationValues values) {
    return new Validation(this, canonical(values)).problems();
  }

  /**
   * {@return the configuration an adapter reads}
   *
   * @param values raw values, secrets included
   * @throws ConnectionException with the code of the first problem if there are any; its failure
   *     names every field concerned
   */
  public Configuration bind(ConfigurationValues values) {
    Validation validation = new Validation(this, canonical(values));
    List<ConfigurationProblem> problems = validation.problems();
    if (!problems.isEmpty()) {
      throw invalid(problems).asException();
    }
    return validation.configuration();
  }

  /**
   * {@return what of the values applies and is well-formed, with presets where nothing is stored}
   * Nothing is checked beyond that: this is for comparing configurations and for showing the fields
   * that apply. An adapter is opened with what {@link #bind} gives.
   *
   * @param values raw values, perhaps with problems
   */
  public Configuration readLeniently(ConfigurationValues values) {
    return new Validation(this, canonical(values)).configuration();
  }

  /**
   * {@return one failure that tells several problems}
   *
   * @param problems what {@link #validate} found; at least one
   */
  public static Failure invalid(List<ConfigurationProblem> problems) {
    ConfigurationProblem first = problems.get(0);
    Set<String> fields = new LinkedHashSet<>();
    Set<String> remedies = new LinkedHashSet<>();
    problems.forEach(
        problem -> {
          fields.add(problem.field());
          problem.remedy().ifPresent(remedies::add);
        });
    String message =
        problems.size() == 1
            ? first.message()
            : first.message() + " " + (problems.size() - 1) + " more fields need attention.";
    if (problems.size() == 2) {
      message = first.message() + " One more field needs attention.";
    }
    Failure failure = Failure.of(first.code(), message).withFieldPaths(List.copyOf(fields));
    return remedies.isEmpty() ? failure : failure.withRemedy(String.join(" ", remedies));
  }

  List<ConfigurationRule> rules() {
    return rules;
  }

  Set<String> knownPaths() {
    return byPath.keySet();
  }

  /** Collects groups and rules. Not safe for several threads. */
  public static final class Builder {
    private final int version;
    private final List<FieldGroup> groups = new ArrayList<>();
    private final List<ConfigurationRule> rules = new ArrayList<>();

    private Builder(int version) {
      if (version < 1) {
        throw new IllegalArgumentException("versions begin at 1");
      }
      this.version = version;
    }

    /**
     * Adds a group of fields.
     *
     * @param id a stable lower-case name
     * @param label the heading a form shows
     * @param fields the fields in order
     * @return this builder
     */
    public Builder group(String id, String label, Field<?>... fields) {
      groups.add(FieldGroup.of(id, label, fields));
      return this;
    }

    /**
     * Adds a rule over several fields.
     *
     * @param rule checked after each field by itself
     * @return this builder
     */
    public Builder rule(ConfigurationRule rule) {
      rules.add(rule);
      return this;
    }

    /**
     * {@return the spec}
     *
     * @throws IllegalArgumentException if two fields share a path, or a field depends on one that
     *     isn't there
     */
    public ConfigurationSpec build() {
      return new ConfigurationSpec(this);
    }
  }
}
