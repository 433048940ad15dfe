package dev.connections.testkit;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ErrorCode;
import java.util.Objects;

/**
 * A configuration that doesn't work, and how its adapter has to say so.
 *
 * @param description what is wrong with it, in a few words, for example {@code a wrong password}
 * @param values the values
 * @param code the one code it must fail with
 * @param field the path of a field that the failure must name
 * @param foundBy what has to find it
 */
public record BrokenConfiguration(
    String description, ConfigurationValues values, ErrorCode code, String field, FoundBy foundBy) {

  /** What finds that a configuration doesn't work. */
  public enum FoundBy {
    /** The spec, offline. */
    VALIDATION,
    /** The test of the connection; the spec finds nothing wrong. */
    TEST
  }

  /**
   * Checks that no part is null.
   *
   * @param description what is wrong with it
   * @param values the values
   * @param code the one code it must fail with
   * @param field the path of a field that the failure must name
   * @param foundBy what has to find it
   */
  public BrokenConfiguration {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(foundBy, "foundBy");
  }

  /**
   * {@return a configuration that the spec finds to be broken}
   *
   * @param description what is wrong with it
   * @param values the values
   * @param code the one code it must fail with
   * @param field the path of a field that the failure must name
   */
  public static BrokenConfiguration foundByValidation(
      String description, ConfigurationValues values, ErrorCode code, String field) {
    return new BrokenConfiguration(description, values, code, field, FoundBy.VALIDATION);
  }

  /**
   * {@return a configuration that only the test finds to be broken}
   *
   * @param description what is wrong with it
   * @param values the values
   * @param code the one code it must fail with
   * @param field the path of a field that the failure must name
   */
  public static BrokenConfiguration foundByTest(
      String description, ConfigurationValues values, ErrorCode code, String field) {
    return new BrokenConfiguration(description, values, code, field, FoundBy.TEST);
  }
}
