package dev.connections.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One field of a configuration: specification and binding in one. The host's editor form is drawn
 * from it, the stored value is validated by it, and the adapter reads its typed value with {@link
 * Configuration#get}.
 *
 * <p>A field is declared as a constant and completed by its withers:
 *
 * <pre>{@code
 * static final Field<Integer> PORT = Field.integer("port").label("Port").preset(1433).range(1, 65535);
 * }</pre>
 *
 * <p>Immutable and safe for any thread. Paths are dotted: {@code authentication.type} is the member
 * {@code type} of the object {@code authentication} in the stored JSON.
 *
 * @param <T> what the value is read as
 */
public final class Field<T> {
  /** What a field holds, and so how a form draws it. */
  public enum Kind {
    /** Any text on one line. */
    TEXT,
    /** Text of several lines, such as a certificate. */
    MULTILINE_TEXT,
    /** A whole number. */
    INTEGER,
    /** True or false. */
    FLAG,
    /** A list of texts, in order. */
    TEXTS,
    /** One of a closed set of values. */
    CHOICE,
    /** A duration, stored as a whole number of seconds. */
    SECONDS,
    /** A moment, stored in ISO 8601 with an offset. */
    INSTANT,
    /** A password, token or key: write-only. */
    SECRET
  }

  /** How a field's stored value is protected. */
  public enum Protection {
    /** Stored as it is. */
    NONE,
    /** Encrypted at rest and readable by those who may see the connection: a user name. */
    ENCRYPTED,
    /** Encrypted at rest and never given back: a password. */
    WRITE_ONLY
  }

  private final FieldAttributes<T> attributes;

  private Field(FieldAttributes<T> attributes) {
    this.attributes = attributes;
  }

  private static <T> Field<T> declare(String path, ValueReader<T> reader, Protection protection) {
    if (!path.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
      throw new IllegalArgumentException("not a field path: " + path);
    }
    return new Field<>(new FieldAttributes<>(path, reader, labelOf(path), protection));
  }

  private static String labelOf(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1).replace('_', ' ');
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * {@return a field for a line of text}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<String> text(String path) {
    return declare(path, ValueReader.text(Kind.TEXT), Protection.NONE);
  }

  /**
   * {@return a field for text of several lines}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<String> multilineText(String path) {
    return declare(path, ValueReader.text(Kind.MULTILINE_TEXT), Protection.NONE);
  }

  /**
   * {@return a field for a whole number}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<Integer> integer(String path) {
    return declare(path, ValueReader.integer(), Protection.NONE);
  }

  /**
   * {@return a field for true or false}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<Boolean> flag(String path) {
    return declare(path, ValueReader.flag(), Protection.NONE);
  }

  /**
   * {@return a field for a list of texts; absent, it is the empty list}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<List<String>> texts(String path) {
    return declare(path, ValueReader.texts(List.of()), Protection.NONE).preset(List.of());
  }

  /**
   * {@return a field for one of the constants of an enum; the stored spelling is the constant's
   * name in lower case}
   *
   * @param path where the value lies in the configuration
   * @param values the enum
   * @param <E> the enum
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static <E extends Enum<E>> Field<E> choice(String path, Class<E> values) {
    return declare(path, ValueReader.choice(values), Protection.NONE);
  }

  /**
   * {@return a field for a duration of whole seconds}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<Duration> seconds(String path) {
    return declare(path, ValueReader.seconds(), Protection.NONE);
  }

  /**
   * {@return a field for a moment}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<Instant> instant(String path) {
    return declare(path, ValueReader.instant(), Protection.NONE);
  }

  /**
   * {@return a field for a password, token or key: encrypted at rest and write-only}
   *
   * @param path where the value lies in the configuration
   * @throws IllegalArgumentException if the path isn't dotted lower-case names
   */
  public static Field<Secret> secret(String path) {
    return declare(path, ValueReader.secret(), Protection.WRITE_ONLY);
  }

  private Field<T> with(Consumer<FieldAttributes<T>> change) {
    FieldAttributes<T> copy = new FieldAttributes<>(attributes);
    change.accept(copy);
    return new Field<>(copy);
  }

  /**
   * {@return a copy with the name a form shows}
   *
   * @param label one to four words
   */
  public Field<T> label(String label) {
    return with(a -> a.label = label);
  }

  /**
   * {@return a copy with a sentence that explains the field}
   *
   * @param help one or two sentences
   */
  public Field<T> help(String help) {
    return with(a -> a.help = Optional.of(help));
  }

  /**
   * {@return a copy with an example value}
   *
   * @param example shown greyed in an empty form field
   */
  public Field<T> example(String example) {
    return with(a -> a.example = Optional.of(example));
  }

  /**
   * {@return a copy with values a form offers; others stay allowed}
   *
   * @param suggestions stored spellings
   */
  public Field<T> suggestions(String... suggestions) {
    return with(a -> a.suggestions = List.of(suggestions));
  }

  /**
   * {@return a copy that is also found under other paths, as older configurations spelled it}
   *
   * @param aliases dotted paths
   */
  public Field<T> aliases(String... aliases) {
    return with(a -> a.aliases = List.of(aliases));
  }

  /**
   * {@return a copy whose texts must be of the given set}
   *
   * @param allowed stored spellings; compared without regard to case
   * @throws IllegalStateException if this isn't a field of texts
   */
  public Field<T> allowed(String... allowed) {
    return with(a -> a.reader = a.reader.allowing(List.of(allowed)));
  }

  /** {@return a copy that must have a value wherever it applies} */
  public Field<T> required() {
    return with(a -> a.required = true);
  }

  /**
   * {@return a copy with the value it has where none is stored}
   *
   * @param value the default
   */
  public Field<T> preset(T value) {
    return with(a -> a.preset = Optional.of(value));
  }

  /**
   * {@return a copy bounded on both sides: a number's or a duration's value, a text's length, a
   * list's size}
   *
   * @param least the least allowed value
   * @param most the greatest allowed value
   * @throws IllegalArgumentException if the bounds are the wrong way round
   */
  public Field<T> range(long least, long most) {
    if (least > most) {
      throw new IllegalArgumentException(least + " > " + most);
    }
    return with(
        a -> {
          a.least = OptionalLong.of(least);
          a.most = OptionalLong.of(most);
        });
  }

  /** {@return a copy that is encrypted at rest but readable, such as a user name} */
  public Field<T> encrypted() {
    return isSecret() ? this : with(a -> a.protection = Protection.ENCRYPTED);
  }

  /**
   * {@return a copy marked as deciding where secrets are sent: a host, a port, a URL} A change of
   * such a field requires the secrets again, so that nobody can have a stored password sent to a
   * server of his own.
   */
  public Field<T> destination() {
    return with(a -> a.destination = true);
  }

  /**
   * {@return a copy that applies only while another field has one of the given values} Several
   * conditions must all hold. Where a field doesn't apply it is neither shown nor required, and a
   * value left there is ignored.
   *
   * @param other the field that decides
   * @param values the values under which this field applies
   * @param <O> what the other field holds
   * @throws IllegalArgumentException if no value is given
   */
  @SafeVarargs
  public final <O> Field<T> when(Field<O> other, O... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a condition without a value");
    }
    List<String> stored = new ArrayList<>(values.length);
    for (O value : values) {
      stored.add(other.spell(value));
    }
    Condition condition = new Condition(other, stored);
    return with(
        a -> a.conditions = Stream.concat(a.conditions.stream(), Stream.of(condition)).toList());
  }

  /**
   * {@return where the value lies in the configuration, for example {@code authentication.type}}
   */
  public String path() {
    return attributes.path;
  }

  /** {@return what the field holds} */
  public Kind kind() {
    return attributes.reader.kind();
  }

  /** {@return the name a form shows; made from the path if none was given} */
  public String label() {
    return attributes.label;
  }

  /** {@return the sentence that explains the field} */
  public Optional<String> help() {
    return attributes.help;
  }

  /** {@return an example value} */
  public Optional<String> example() {
    return attributes.example;
  }

  /** {@return values a form offers, in stored spelling} */
  public List<String> suggestions() {
    return attributes.suggestions;
  }

  /** {@return other paths under which the value is found} */
  public List<String> aliases() {
    return attributes.aliases;
  }

  /** {@return the stored spellings that are allowed; empty if the field isn't a closed choice} */
  public List<String> choices() {
    return attributes.reader.choices();
  }

  /** {@return whether there must be a value wherever the field applies} */
  public boolean isRequired() {
    return attributes.required;
  }

  /** {@return the value where none is stored} */
  public Optional<T> preset() {
    return attributes.preset;
  }

  /** {@return the preset in its stored form: a text, a boolean, a number or a list of texts} */
  public Optional<Object> storedPreset() {
    return attributes.preset.map(attributes.reader::storeValue);
  }

  /** {@return the least allowed value, length or size} */
  public OptionalLong least() {
    return attributes.least;
  }

  /** {@return the greatest allowed value, length or size} */
  public OptionalLong most() {
    return attributes.most;
  }

  /** {@return how the stored value is protected} */
  public Protection protection() {
    return attributes.protection;
  }

  /** {@return whether the value is write-only} */
  public boolean isSecret() {
    return attributes.protection == Protection.WRITE_ONLY;
  }

  /** {@return whether the value decides where secrets are sent} */
  public boolean isDestination() {
    return attributes.destination;
  }

  /** {@return the conditions under which the field applies; all of them must hold} */
  public List<Condition> conditions() {
    return attributes.conditions;
  }

  /**
   * Reads a stored value.
   *
   * @param stored a text, boolean, number, list or secret
   * @return the typed value
   * @throws ValueProblem if the value isn't one of this field's
   */
  T read(Object stored) throws ValueProblem {
    T value = attributes.reader.read(stored);
    long size = attributes.reader.size(value);
    long least = attributes.least.orElse(Long.MIN_VALUE);
    long most = attributes.most.orElse(Long.MAX_VALUE);
    if (size < least || size > most) {
      throw new ValueProblem(attributes.reader.sizeWord() + " between " + least + " and " + most);
    }
    return value;
  }

  /** The stored spelling of a value, to compare with a condition's. */
  String spell(T value) {
    return attributes.reader.store(value);
  }

  /** {@return whether the other is a field of the same path and kind} */
  @Override
  public boolean equals(Object other) {
    return other instanceof Field<?> field && field.path().equals(path()) && field.kind() == kind();
  }

  @Override
  public int hashCode() {
    return Objects.hash(path(), kind());
  }

  /** {@return the path; never a value} */
  @Override
  public String toString() {
    return attributes.path;
  }

  /**
   * When a field applies: while another field has one of some values.
   *
   * @param field the field that decides
   * @param values the values in stored spelling
   */
  public record Condition(Field<?> field, List<String> values) {
    /**
     * Keeps an immutable copy of the values.
     *
     * @param field the field that decides
     * @param values the values in stored spelling
     */
    public Condition {
      values = List.copyOf(values);
    }
  }
}
