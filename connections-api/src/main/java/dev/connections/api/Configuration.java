package dev.connections.api;

import java.util.Map;
import java.util.Optional;

/**
 * A validated configuration, read through the {@link Field}s of its spec. Made by {@link
 * ConfigurationSpec#bind}.
 *
 * <p>Immutable and safe for any thread. {@code toString} shows no value.
 */
public final class Configuration {
  private final ConfigurationSpec spec;
  private final Map<Field<?>, Object> values;

  Configuration(ConfigurationSpec spec, Map<Field<?>, Object> values) {
    this.spec = spec;
    this.values = Map.copyOf(values);
  }

  /**
   * {@return the value of a field that is required where it applies, or has a preset}
   *
   * @param field a field of the spec
   * @param <T> what the field holds
   * @throws IllegalStateException if the field has no value: read an optional field, or one that
   *     doesn't apply, with {@link #find}
   * @throws IllegalArgumentException if the field isn't in the spec
   */
  public <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(() -> new IllegalStateException("no value for the field " + field));
  }

  /**
   * {@return the value of a field; its preset if none is stored; empty if there is neither, or the
   * field doesn't apply}
   *
   * @param field a field of the spec
   * @param <T> what the field holds
   * @throws IllegalArgumentException if the field isn't in the spec
   */
  @SuppressWarnings("unchecked") // the value was read by a field of this path and kind
  public <T> Optional<T> find(Field<T> field) {
    if (!spec.field(field.path()).map(field::equals).orElse(false)) {
      throw new IllegalArgumentException("the field " + field + " isn't in the spec");
    }
    return Optional.ofNullable((T) values.get(field));
  }

  /** {@return the paths that have a value; never a value} */
  @Override
  public String toString() {
    return "Configuration" + values.keySet();
  }
}
