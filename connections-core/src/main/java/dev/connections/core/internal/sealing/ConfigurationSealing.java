package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.StoredConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns configurations into what a store keeps, and back.
 *
 * <p>Sealed are the fields which the spec says are write-only or encrypted, and every field which
 * the spec doesn't know: nobody can say that it isn't secret. What can be mistaken for a sealed
 * value is sealed too. Safe for any thread.
 */
public final class ConfigurationSealing {
  private final SecretCipher cipher;

  /**
   * Seals with a cipher.
   *
   * @param cipher the store's cipher
   */
  public ConfigurationSealing(SecretCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * {@return the configuration as a store keeps it} A secret that is nothing but the mask isn't
   * stored.
   *
   * @param place whose configuration it is
   * @param spec the type's spec; its version is stored as well
   * @param values the values, secrets included
   * @throws ConnectionException with {@code INVALID_CONFIGURATION} if a text ends within a
   *     character
   */
  public StoredConfiguration seal(
      SealedPlace place, ConfigurationSpec spec, ConfigurationValues values) {
    return seal(place, spec.version(), spec.canonical(values), path -> isProtected(spec, path));
  }

  /**
   * {@return a configuration as a store keeps it while its type's plugin is absent} It counts as
   * one of the first version.
   *
   * @param place whose configuration it is
   * @param values the values, secrets included
   * @param paths which of them are sealed; those in which there is a secret are in any case
   */
  public StoredConfiguration sealWithoutType(
      SealedPlace place, ConfigurationValues values, Set<String> paths) {
    return seal(place, 1, values, paths::contains);
  }

  /**
   * {@return the values of a JSON text that comes from elsewhere}
   *
   * @param json any text
   * @throws ConnectionException with {@code MALFORMED_DATA} if it isn't an object of JSON
   */
  public ConfigurationValues parsed(String json) {
    return StoredValues.parse(new StoredConfiguration(1, json)).values();
  }

  StoredConfiguration seal(
      SealedPlace place, int version, ConfigurationValues values, Predicate<String> isProtected) {
    Map<String, Object> stored = new LinkedHashMap<>();
    Map<String, Object> toSeal = new LinkedHashMap<>();
    Map<String, Object> clear = new LinkedHashMap<>();
    for (String path : values.paths()) {
      Object value = values.find(path).orElseThrow();
      SealedValue.check(path, value);
      if (isProtected.test(path) && isMask(value)) {
        continue;
      }
      if (isProtected.test(path) || SealedValue.hasSecret(value) || StoredValues.isSealed(value)) {
        toSeal.put(path, value);
      } else {
        clear.put(path, value);
      }
      stored.put(path, value);
    }
    SealedValue sealer = StoredValues.asReadBack(version, clear).sealer(cipher, place);
    toSeal.forEach((path, value) -> stored.put(path, sealer.seal(path, value)));
    return new StoredConfiguration(
        version,
        JsonValues.write(ConfigurationValues.of(stored).toTree()),
        toSeal.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sealer.keyId()));
  }

  /**
   * {@return the same configuration, every sealed value of it sealed with the present key} Values
   * of version 1 are bound to what lies beside them from now on; others stay bound to what lay
   * there when they were entered.
   *
   * @param place whose configuration it is
   * @param stored what the store has
   * @throws ConnectionException with {@link SecretErrorCode#INVALID_ENCRYPTED_VALUE}, naming the
   *     field, if a value can't be decrypted; with {@code MALFORMED_DATA} if the configuration
   *     can't be read at all
   */
  public StoredConfiguration reseal(SealedPlace place, StoredConfiguration stored) {
    StoredValues present = StoredValues.parse(stored);
    ConfigurationValues raw = present.values();
    SealedValue sealer = present.sealer(cipher, place);
    Map<String, Object> resealed = new LinkedHashMap<>();
    OptionalLong key = OptionalLong.empty();
    for (String path : raw.paths()) {
      Object value = raw.find(path).orElseThrow();
      if (StoredValues.isSealed(value)) {
        resealed.put(path, sealer.reseal(path, (String) value));
        key = OptionalLong.of(sealer.keyId());
      } else {
        resealed.put(path, value);
      }
    }
    return new StoredConfiguration(
        stored.specVersion(), JsonValues.write(ConfigurationValues.of(resealed).toTree()), key);
  }

  /**
   * {@return all values in the clear and in the spec's present form, for opening an adapter}
   * Write-only fields are {@link Secret}s.
   *
   * @param place whose configuration it is
   * @param spec the type's spec
   * @param migration brings older values to the spec's version
   * @param stored what the store has
   * @throws ConnectionException with {@link SecretErrorCode#INVALID_ENCRYPTED_VALUE}, naming the
   *     fields, if values can't be decrypted; with {@link SecretErrorCode#CONFIGURATION_ALTERED} if
   *     what lies beside them was changed since; with {@code UNSUPPORTED} if the configuration was
   *     stored by a later version of the plugin; with {@code MALFORMED_DATA} if it can't be read at
   *     all
   */
  public ConfigurationValues open(
      SealedPlace place, ConfigurationSpec spec, Migration migration, StoredConfiguration stored) {
    if (stored.specVersion() > spec.version()) {
      throw storedByLaterPlugin(stored.specVersion(), spec.version()).asException();
    }
    ReadableConfiguration opened = read(place, spec, stored, path -> true);
    if (!opened.problems().isEmpty()) {
      throw ConfigurationSpec.invalid(opened.problems()).asException();
    }
    ConfigurationValues values = opened.values();
    if (stored.specVersion() < spec.version()) {
      values = migrated(migration, stored.specVersion(), values);
    }
    return withSecrets(spec, spec.canonical(values));
  }

  /**
   * {@return what of a configuration can be opened, to be edited, and what can't} As {@link #open},
   * but values that can't be decrypted are left out and told: they can be entered again.
   *
   * @param place whose configuration it is
   * @param spec the type's spec
   * @param migration brings older values to the spec's version
   * @param stored what the store has
   * @throws ConnectionException as {@link #open}, but for values that can't be decrypted in a
   *     configuration of the spec's version
   */
  public ReadableConfiguration openToEdit(
      SealedPlace place, ConfigurationSpec spec, Migration migration, StoredConfiguration stored) {
    if (stored.specVersion() != spec.version()) {
      return new ReadableConfiguration(open(place, spec, migration, stored), List.of());
    }
    ReadableConfiguration read = read(place, spec, stored, path -> true);
    ConfigurationValues values = read.values();
    for (ConfigurationProblem problem : read.problems()) {
      values = values.without(problem.field());
    }
    return new ReadableConfiguration(withSecrets(spec, spec.canonical(values)), read.problems());
  }

  /**
   * {@return the configuration as it may be shown} It never fails: what can't be read is told in
   * the result, so that one broken row doesn't hide the others.
   *
   * @param place whose configuration it is
   * @param spec the type's spec
   * @param migration brings older values to the spec's version
   * @param stored what the store has
   */
  public ReadableConfiguration readable(
      SealedPlace place, ConfigurationSpec spec, Migration migration, StoredConfiguration stored) {
    try {
      if (stored.specVersion() == spec.version()) {
        ReadableConfiguration read =
            read(
                place,
                spec,
                stored,
                path -> spec.field(path).filter(f -> !f.isSecret()).isPresent());
        return new ReadableConfiguration(spec.canonical(read.values()), read.problems());
      }
      return new ReadableConfiguration(
          masked(spec, open(place, spec, migration, stored)), List.of());
    } catch (ConnectionException unreadable) {
      List<ConfigurationProblem> problems = new ArrayList<>();
      ReadableConfiguration plain = readableWithoutType(stored);
      problems.addAll(plain.problems());
      if (problems.isEmpty()) {
        problems.add(problem(unreadable.failure()));
      }
      return new ReadableConfiguration(plain.values(), problems);
    }
  }

  /**
   * {@return the configuration as it may be shown while its type's plugin is absent: sealed values
   * are masked, since nobody can say which of them are secret} It never fails.
   *
   * @param stored what the store has
   */
  public ReadableConfiguration readableWithoutType(StoredConfiguration stored) {
    try {
      ConfigurationValues raw = StoredValues.parse(stored).values();
      Map<String, Object> shown = new LinkedHashMap<>();
      raw.paths()
          .forEach(
              path -> {
                Object value = raw.find(path).orElseThrow();
                shown.put(path, StoredValues.isSealed(value) ? Secret.MASK : value);
              });
      return new ReadableConfiguration(ConfigurationValues.of(shown), List.of());
    } catch (ConnectionException malformed) {
      return new ReadableConfiguration(
          ConfigurationValues.empty(), List.of(problem(malformed.failure())));
    }
  }

  /**
   * {@return the stored configuration after an update made while its type's plugin is absent}
   * Values that aren't mentioned and were sealed, or are given as the mask, stay as they are. Since
   * nobody can say which values decide where secrets are sent, any other change needs all of them
   * again.
   *
   * @param place whose configuration it is
   * @param stored what the store has
   * @param update all values; sealed ones may be left out or given as the mask
   * @throws ConnectionException with {@code MISSING_SECRET}, naming the fields, if something
   *     changes and sealed values aren't entered again; otherwise as {@link #seal} and {@link
   *     #open}
   */
  public StoredConfiguration updateWithoutType(
      SealedPlace place, StoredConfiguration stored, ConfigurationValues update) {
    ConfigurationValues raw = StoredValues.parse(stored).values();
    Predicate<String> wasSealed =
        path -> raw.find(path).filter(v -> StoredValues.isSealed(v)).isPresent();
    Predicate<String> wasClear =
        path -> raw.find(path).filter(v -> !StoredValues.isSealed(v)).isPresent();
    Map<String, Object> entered = new LinkedHashMap<>();
    List<String> kept = new ArrayList<>();
    update.paths().forEach(path -> entered.put(path, update.find(path).orElseThrow()));
    for (String path : raw.paths()) {
      if (wasSealed.test(path) && (!entered.containsKey(path) || isMask(entered.get(path)))) {
        entered.remove(path);
        kept.add(path);
      }
    }
    entered.values().removeIf(value -> value instanceof String text && text.isBlank());
    ConfigurationValues rest = raw;
    for (String path : kept) {
      rest = rest.without(path);
    }
    if (rest.equals(ConfigurationValues.of(entered))) {
      return stored;
    }
    if (!kept.isEmpty()) {
      throw ConfigurationSpec.invalid(
              kept.stream().map(path -> ConfigurationUpdate.neededAgain(path, path)).toList())
          .asException();
    }
    return seal(
        place, stored.specVersion(), ConfigurationValues.of(entered), path -> !wasClear.test(path));
  }

  /** Opens the sealed values of some paths; the others, and what can't be opened, are masked. */
  private ReadableConfiguration read(
      SealedPlace place,
      ConfigurationSpec spec,
      StoredConfiguration stored,
      Predicate<String> wanted) {
    StoredValues present = StoredValues.parse(stored);
    ConfigurationValues raw = present.values();
    SealedValue sealed = present.sealer(cipher, place);
    Map<String, Object> values = new LinkedHashMap<>();
    List<ConfigurationProblem> problems = new ArrayList<>();
    for (String path : raw.paths()) {
      Object value = raw.find(path).orElseThrow();
      Optional<Field<?>> field = spec.field(path);
      try {
        if (StoredValues.isSealed(value)) {
          value = wanted.test(path) ? clear(field, sealed.open(path, (String) value)) : Secret.MASK;
        } else if (stored.specVersion() == spec.version()
            && field.isPresent()
            && field.get().protection() != Field.Protection.NONE) {
          throw SecretCipher.invalid(path).asException(); // put there by somebody else
        }
      } catch (ConnectionException invalid) {
        problems.add(problem(invalid.failure()));
        value = Secret.MASK;
      }
      values.put(path, value);
    }
    return new ReadableConfiguration(ConfigurationValues.of(values), problems);
  }

  private static Object clear(Optional<Field<?>> field, Object opened) {
    return opened instanceof Secret secret && field.filter(Field::isSecret).isEmpty()
        ? secret.use(String::new)
        : opened;
  }

  private static ConfigurationValues migrated(
      Migration migration, int version, ConfigurationValues values) {
    try {
      return migration.migrate(version, values);
    } catch (ConnectionException told) {
      throw told;
    } catch (RuntimeException | LinkageError defect) {
      throw StandardFailures.internal(defect).asException(defect);
    }
  }

  private static ConfigurationValues withSecrets(
      ConfigurationSpec spec, ConfigurationValues values) {
    ConfigurationValues typed = values;
    for (Field<?> field : spec.fields()) {
      if (field.isSecret() && values.find(field.path()).orElse("") instanceof String text) {
        typed = text.isEmpty() ? typed : typed.with(field.path(), Secret.of(text));
      }
    }
    return typed;
  }

  private static ConfigurationValues masked(ConfigurationSpec spec, ConfigurationValues values) {
    ConfigurationValues shown = values;
    for (String path : values.paths()) {
      if (spec.field(path).map(Field::isSecret).orElse(true)) {
        shown = shown.with(path, Secret.MASK);
      }
    }
    return shown;
  }

  private static Failure storedByLaterPlugin(int stored, int known) {
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "The connection was stored by a later version of its plugin: its configuration is of"
                + " version "
                + stored
                + ", the installed plugin knows "
                + known
                + ".")
        .withRemedy("Install the plugin's later version.");
  }

  private static ConfigurationProblem problem(Failure failure) {
    String field = failure.fields().isEmpty() ? "" : failure.fields().get(0);
    return new ConfigurationProblem(field, failure.code(), failure.message(), failure.remedy());
  }

  static boolean isProtected(ConfigurationSpec spec, String path) {
    return spec.field(path).map(field -> field.protection() != Field.Protection.NONE).orElse(true);
  }

  static boolean isMask(Object value) {
    return Secret.MASK.equals(value)
        || (value instanceof Secret secret && secret.equals(Secret.of(Secret.MASK)));
  }
}
