package dev.connections.api;

/**
 * A ready-made choice of values within a type, such as a cloud vendor's flavour of a database.
 *
 * @param id a stable lower-case name, for example {@code aws-rds}
 * @param displayName what a user calls it
 * @param values the values it sets where the user set none
 */
public record Preset(String id, String displayName, ConfigurationValues values) {}
