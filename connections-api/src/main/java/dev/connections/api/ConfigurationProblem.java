package dev.connections.api;

import java.util.Optional;

/**
 * One thing that is wrong with a configuration, found without dialling.
 *
 * @param field the path of the field
 * @param code what kind of problem; usually {@link StandardErrorCode#INVALID_CONFIGURATION} or
 *     {@link StandardErrorCode#MISSING_SECRET}
 * @param message one sentence that names the field by its label; it never holds the value
 * @param remedy what to enter instead, if there is something to say
 */
public record ConfigurationProblem(
    String field, ErrorCode code, String message, Optional<String> remedy) {

  /**
   * {@return a problem with a field's value}
   *
   * @param field the field
   * @param message one sentence
   * @param remedy what to enter instead
   */
  public static ConfigurationProblem of(Field<?> field, String message, String remedy) {
    return new ConfigurationProblem(
        field.path(), StandardErrorCode.INVALID_CONFIGURATION, message, Optional.of(remedy));
  }
}
