package dev.connections.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One look at raw values through a spec: reads what is well-formed and tells what isn't. */
final class Validation {
  private final ConfigurationSpec spec;
  private final ConfigurationValues values;
  private final Map<Field<?>, Object> read = new HashMap<>();
  private final Map<Field<?>, Boolean> applies = new HashMap<>();
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  Validation(ConfigurationSpec spec, ConfigurationValues values) {
    this.spec = spec;
    this.values = values;
    spec.fields().forEach(this::readWellFormed);
    spec.fields().forEach(this::judge);
    tellUnknown();
    if (problems.isEmpty()) {
      Configuration configuration = configuration();
      spec.rules().forEach(rule -> check(rule, configuration));
    }
  }

  /** A rule is a plugin's code: what it throws is a defect of the plugin. */
  private void check(ConfigurationRule rule, Configuration configuration) {
    try {
      problems.addAll(rule.check(configuration));
    } catch (RuntimeException | LinkageError defect) {
      throw StandardFailures.internal(defect).asException(defect);
    }
  }

  List<ConfigurationProblem> problems() {
    return List.copyOf(problems);
  }

  Configuration configuration() {
    Map<Field<?>, Object> effective = new HashMap<>();
    spec.fields().stream()
        .filter(this::applies)
        .forEach(field -> effective(field).ifPresent(value -> effective.put(field, value)));
    return new Configuration(spec, effective);
  }

  private void readWellFormed(Field<?> field) {
    stored(field)
        .ifPresent(
            value -> {
              try {
                read.put(field, field.read(value));
              } catch (ValueProblem toldByJudge) {
                // A malformed value counts as absent for the fields that depend on it.
              }
            });
  }

  /** An empty text field of a form is a field without a value. */
  private Optional<Object> stored(Field<?> field) {
    return values
        .find(field.path())
        .filter(value -> !(value instanceof String text && text.isBlank()))
        .filter(value -> !(value instanceof Secret secret && secret.isEmpty()));
  }

  private Optional<Object> effective(Field<?> field) {
    Object value = read.get(field);
    return value == null ? field.preset().map(Object.class::cast) : Optional.of(value);
  }

  private boolean applies(Field<?> field) {
    Boolean known = applies.get(field);
    if (known == null) {
      applies.put(field, false); // a circle of conditions holds for none of its fields
      known = field.conditions().stream().allMatch(this::holds);
      applies.put(field, known);
    }
    return known;
  }

  private boolean holds(Field.Condition condition) {
    // The spec's own field: the one named in the condition may be an earlier copy of it.
    Field<?> deciding = spec.field(condition.field().path()).orElse(condition.field());
    return applies(deciding)
        && effective(deciding)
            .map(value -> condition.values().contains(spell(deciding, value)))
            .orElse(false);
  }

  @SuppressWarnings("unchecked") // the value was read by this very field
  private static <T> String spell(Field<T> field, Object value) {
    return field.spell((T) value);
  }

  private void judge(Field<?> field) {
    if (!applies(field)) {
      return;
    }
    Optional<Object> stored = stored(field);
    if (stored.isEmpty()) {
      if (field.isRequired() && field.preset().isEmpty()) {
        problems.add(missing(field));
      }
      return;
    }
    try {
      field.read(stored.get());
    } catch (ValueProblem problem) {
      problems.add(
          new ConfigurationProblem(
              field.path(),
              StandardErrorCode.INVALID_CONFIGURATION,
              field.label() + " must be " + problem.expected() + ".",
              field.example().map(example -> "For example: " + example)));
    }
  }

  private static ConfigurationProblem missing(Field<?> field) {
    return new ConfigurationProblem(
        field.path(),
        field.isSecret()
            ? StandardErrorCode.MISSING_SECRET
            : StandardErrorCode.INVALID_CONFIGURATION,
        field.label() + " is required.",
        Optional.of("Enter a value for " + field.label() + "."));
  }

  private void tellUnknown() {
    for (String path : values.paths()) {
      if (spec.field(path).isEmpty()) {
        problems.add(
            new ConfigurationProblem(
                path,
                StandardErrorCode.INVALID_CONFIGURATION,
                "The configuration has an unknown field, " + shown(path) + ".",
                Optional.of(
                    nearest(path)
                        .map(known -> "Did you mean " + known + "? Otherwise remove the field.")
                        .orElse("Remove the field."))));
      }
    }
  }

  /** A path comes from outside too: it is shown short and without control characters. */
  private static String shown(String path) {
    String plain = path.replaceAll("[^\\p{Alnum}._-]", "?");
    return plain.length() <= 60 ? plain : plain.substring(0, 60) + "…";
  }

  private Optional<String> nearest(String path) {
    String wanted = path.toLowerCase(Locale.ROOT);
    String best = "";
    int least = Math.max(2, wanted.length() / 4) + 1;
    for (String known : spec.knownPaths()) {
      int distance = wanted.length() > 80 ? least : distance(wanted, known);
      if (distance < least) {
        least = distance;
        best = known;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Levenshtein's distance, two rows at a time. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
