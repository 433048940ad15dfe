package dev.connections.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a field is made of. A copy is changed before a {@link Field} holds it, and never after, so
 * that fields are immutable.
 */
final class FieldAttributes<T> {
  final String path;
  ValueReader<T> reader;
  String label;
  Optional<String> help = Optional.empty();
  Optional<String> example = Optional.empty();
  List<String> suggestions = List.of();
  List<String> aliases = List.of();
  boolean required;
  Optional<T> preset = Optional.empty();
  OptionalLong least = OptionalLong.empty();
  OptionalLong most = OptionalLong.empty();
  Field.Protection protection;
  boolean destination;
  List<Field.Condition> conditions = List.of();

  FieldAttributes(String path, ValueReader<T> reader, String label, Field.Protection protection) {
    this.path = path;
    this.reader = reader;
    this.label = label;
    this.protection = protection;
  }

  FieldAttributes(FieldAttributes<T> other) {
    this.path = other.path;
    this.reader = other.reader;
    this.label = other.label;
    this.help = other.help;
    this.example = other.example;
    this.suggestions = other.suggestions;
    this.aliases = other.aliases;
    this.required = other.required;
    this.preset = other.preset;
    this.least = other.least;
    this.most = other.most;
    this.protection = other.protection;
    this.destination = other.destination;
    this.conditions = other.conditions;
  }
}
