package dev.connections.jdbc;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionString;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which property of a driver's URL belongs to which field. What has none is told with its name and
 * never with its value. Names are compared without regard to case.
 *
 * <p>Immutable and safe for any thread.
 */
public final class UrlFields {
  private static final int LONGEST_NAME = 40;

  private final Map<String, Rule> rules;

  /** What becomes of a property. */
  private sealed interface Rule {
    record Take(Field<?> field, Function<String, Optional<Object>> reader) implements Rule {}

    record Leave(String reason) implements Rule {}
  }

  private UrlFields(Map<String, Rule> rules) {
    this.rules = rules;
  }

  /** {@return a table that knows no property} */
  public static UrlFields none() {
    return new UrlFields(Map.of());
  }

  private UrlFields with(Rule rule, String... names) {
    Map<String, Rule> more = new HashMap<>(rules);
    for (String name : names) {
      more.put(name.toLowerCase(Locale.ROOT), rule);
    }
    return new UrlFields(more);
  }

  /**
   * {@return a table that puts a property's text into a field}
   *
   * @param field the field; where it is secret, the value becomes a {@link Secret}
   * @param names what drivers call the property
   */
  public UrlFields take(Field<?> field, String... names) {
    return with(new Rule.Take(field, Optional::of), names);
  }

  /**
   * {@return a table that puts into a field what a property's text means}
   *
   * @param field the field
   * @param reader makes a value of the property's text; empty if it can't be taken over
   * @param names what drivers call the property
   */
  public UrlFields take(
      Field<?> field, Function<String, Optional<Object>> reader, String... names) {
    return with(new Rule.Take(field, reader), names);
  }

  /**
   * {@return a table that says why a property isn't taken over}
   *
   * @param reason a sentence, or two, addressed to the user
   * @param names what drivers call the property
   */
  public UrlFields leave(String reason, String... names) {
    return with(new Rule.Leave(reason), names);
  }

  /**
   * {@return what a URL says}
   *
   * @param values what stands in it besides the properties
   * @param properties its properties, in their order; of several for one field the last counts
   * @param left what was left out already
   */
  public ConnectionString.Imported read(
      ConfigurationValues values, List<UrlProperty> properties, List<Notice> left) {
    ConfigurationValues read = values;
    List<Notice> notices = new ArrayList<>(left);
    for (UrlProperty property : properties) {
      Rule rule = rules.get(property.name().toLowerCase(Locale.ROOT));
      if (rule instanceof Rule.Take take) {
        Optional<Object> value = take.reader().apply(property.value());
        if (value.isPresent()) {
          read = with(read, take.field(), value.get());
        } else {
          notices.add(
              left(
                  property.name(),
                  "Its value has no place here: set " + take.field().label() + " yourself."));
        }
      } else if (rule instanceof Rule.Leave leave) {
        notices.add(left(property.name(), leave.reason()));
      } else {
        notices.add(left(property.name(), "No field corresponds to it."));
      }
    }
    return new ConnectionString.Imported(read, notices);
  }

  /**
   * {@return the values with one more; as a secret where the field is secret}
   *
   * @param values the values so far
   * @param field where it belongs
   * @param value a text, number or boolean
   */
  public static ConfigurationValues with(ConfigurationValues values, Field<?> field, Object value) {
    return values.with(
        field.path(), field.isSecret() && value instanceof String text ? Secret.of(text) : value);
  }

  /**
   * {@return a notice of a property that isn't taken over}
   *
   * @param name its name; what can't be a name isn't shown, since it may be a piece of a password
   * @param reason a sentence, or two, addressed to the user
   */
  public static Notice left(String name, String reason) {
    boolean plain = name.length() <= LONGEST_NAME && name.matches("[A-Za-z][A-Za-z0-9_.]*");
    return Notice.of(
            NoticeCode.SKIPPED,
            new Notice.Scope.Source(),
            plain
                ? "The property '" + name + "' of the URL wasn't taken over."
                : "A part of the URL that is no property wasn't taken over.")
        .withRemedy(reason);
  }

  /**
   * {@return the failure of a text that isn't a URL of the type}
   *
   * @param displayName what the user calls the source
   * @param example a URL without secrets
   */
  public static Failure malformed(String displayName, String example) {
    return Failure.of(
            StandardErrorCode.INVALID_CONFIGURATION, "This isn't a URL of " + displayName + ".")
        .withRemedy("Paste one such as " + example + ", or fill in the fields.");
  }
}
