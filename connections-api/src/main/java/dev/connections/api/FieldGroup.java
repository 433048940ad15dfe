package dev.connections.api;

import java.util.List;

/**
 * Fields that a form shows together.
 *
 * @param id a stable lower-case name, for example {@code authentication}
 * @param label the heading a form shows
 * @param fields the fields, in the order a form shows them
 */
public record FieldGroup(String id, String label, List<Field<?>> fields) {
  /**
   * Keeps an immutable copy of the fields.
   *
   * @param id a stable lower-case name
   * @param label the heading a form shows
   * @param fields the fields in order
   */
  public FieldGroup {
    fields = List.copyOf(fields);
  }

  /**
   * {@return a group}
   *
   * @param id a stable lower-case name
   * @param label the heading a form shows
   * @param fields the fields in order
   */
  public static FieldGroup of(String id, String label, Field<?>... fields) {
    return new FieldGroup(id, label, List.of(fields));
  }
}
