package dev.connections.core.internal.sealing;

import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an update makes of stored values.
 *
 * @param values the values after the update, in the clear
 * @param problems the secrets that must be entered again, because the address they are sent to has
 *     changed; while there are any, the values must be neither stored nor dialled
 */
public record ConfigurationUpdate(ConfigurationValues values, List<ConfigurationProblem> problems) {
  /**
   * Keeps an immutable copy of the problems.
   *
   * @param values the values after the update
   * @param problems the secrets that must be entered again
   */
  public ConfigurationUpdate {
    problems = List.copyOf(problems);
  }

  /**
   * {@return what an update makes of stored values} The update has all values but secrets: a secret
   * that is left out, or is given as the mask, stays as it is; one that is given as empty text is
   * taken away. Everything else that is left out is taken away.
   *
   * <p>Where a field that decides where secrets are sent changes, or applies now and didn't before,
   * no stored secret goes along: those that apply must be entered again, those that don't are taken
   * away.
   *
   * @param spec the type's spec
   * @param stored the stored values in the clear, in the spec's present form
   * @param update what was entered
   */
  public static ConfigurationUpdate of(
      ConfigurationSpec spec, ConfigurationValues stored, ConfigurationValues update) {
    return of(spec, stored, update, Presets.NONE);
  }

  /**
   * {@return what an update makes of stored values} As above; but where secrets are sent is decided
   * by the values together with what the type names stand for.
   *
   * @param spec the type's spec
   * @param stored the stored values in the clear, in the spec's present form
   * @param update what was entered
   * @param presets what stands under the stored and under the entered values
   */
  public static ConfigurationUpdate of(
      ConfigurationSpec spec,
      ConfigurationValues stored,
      ConfigurationValues update,
      Presets presets) {
    ConfigurationValues entered = spec.canonical(update);
    Map<String, Object> merged = new LinkedHashMap<>();
    List<String> kept = new ArrayList<>();
    for (String path : entered.paths()) {
      Object value = entered.find(path).orElseThrow();
      if (ConfigurationSealing.isProtected(spec, path) && ConfigurationSealing.isMask(value)) {
        stored
            .find(path)
            .ifPresent(
                held -> {
                  merged.put(path, held);
                  kept.add(path);
                });
      } else if (!isSecret(spec, path) || !isBlank(value)) {
        merged.put(path, value);
      }
    }
    for (String path : stored.paths()) {
      if (isSecret(spec, path) && entered.find(path).isEmpty()) {
        merged.put(path, stored.find(path).orElseThrow());
        kept.add(path);
      }
    }
    ConfigurationValues values = ConfigurationValues.of(merged);
    Configuration before = spec.readLeniently(presets.before().overlaidWith(stored));
    Configuration after = spec.readLeniently(presets.after().overlaidWith(values));
    return sendsElsewhere(spec, before, after)
        ? withoutSecrets(spec, values, after, kept)
        : new ConfigurationUpdate(values, List.of());
  }

  /**
   * {@return those of the stored values that can't be opened which an update would keep: they are
   * neither entered again nor taken away}
   *
   * @param spec the type's spec
   * @param unreadable the values that can't be opened
   * @param update what was entered
   */
  public static List<ConfigurationProblem> stillKept(
      ConfigurationSpec spec, List<ConfigurationProblem> unreadable, ConfigurationValues update) {
    ConfigurationValues entered = spec.canonical(update);
    return unreadable.stream()
        .filter(
            problem -> {
              String path = spec.field(problem.field()).map(Field::path).orElse(problem.field());
              return entered
                  .find(path)
                  .map(ConfigurationSealing::isMask)
                  .orElseGet(() -> isSecret(spec, path));
            })
        .toList();
  }

  /**
   * The values that the names of types stand for: one type may be stored under several names.
   *
   * @param before of the name the values were stored under
   * @param after of the name they will be stored under
   */
  public record Presets(ConfigurationValues before, ConfigurationValues after) {
    /** Names that stand for their type and nothing else. */
    static final Presets NONE =
        new Presets(ConfigurationValues.empty(), ConfigurationValues.empty());
  }

  private static ConfigurationUpdate withoutSecrets(
      ConfigurationSpec spec,
      ConfigurationValues merged,
      Configuration applying,
      List<String> kept) {
    ConfigurationValues values = merged;
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (String path : kept) {
      Optional<Field<?>> field = spec.field(path);
      if (field.isPresent() && !field.get().isSecret()) {
        continue; // readable anyway
      }
      values = values.without(path);
      if (field.isEmpty() || applying.find(field.get()).isPresent()) {
        problems.add(neededAgain(path, field.map(Field::label).orElse(path)));
      }
    }
    return new ConfigurationUpdate(values, problems);
  }

  private static boolean sendsElsewhere(
      ConfigurationSpec spec, Configuration before, Configuration after) {
    return spec.fields().stream()
        .filter(Field::isDestination)
        .anyMatch(field -> !before.find(field).equals(after.find(field)));
  }

  static ConfigurationProblem neededAgain(String path, String label) {
    return new ConfigurationProblem(
        path,
        StandardErrorCode.MISSING_SECRET,
        "Because the address has changed, " + Texts.shown(label) + " must be entered again.",
        Optional.of("Enter it again, so that it is sent to the new address knowingly."));
  }

  private static boolean isSecret(ConfigurationSpec spec, String path) {
    return spec.field(path).map(Field::isSecret).orElse(false);
  }

  private static boolean isBlank(Object value) {
    return (value instanceof String text && text.isBlank())
        || (value instanceof Secret secret && secret.isEmpty());
  }
}
