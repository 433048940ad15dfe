package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionString;
import dev.connections.api.ConnectionType;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.Preset;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Providers that say the wrong thing of their type. */
final class DescriptionMisbehaviours {
  private DescriptionMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "has no display name",
              type(ConnectionType.of("synthetic", " ", ConnectionType.Family.OTHER).build()),
              "the_type_is_named_for_machines_and_for_people"),
          Misbehaviour.of(
              "is another type at every call", another(), "a_provider_says_the_same_at_every_call"),
          Misbehaviour.of(
              "has a preset for a field that isn't there",
              type(
                  ConnectionType.of("synthetic", "Synthetic", ConnectionType.Family.OTHER)
                      .storedAs(
                          "OLD",
                          new Preset("old", "Old", ConfigurationValues.empty().with("nix", 1)))
                      .build()),
              "presets_set_fields_that_exist"),
          Misbehaviour.of(
              "has a field without a label",
              Twist.field(Field.text("more.colour").label(" ")),
              "every_field_has_a_label_and_stands_in_a_group"),
          Misbehaviour.of(
              "keeps a key as plain text",
              Twist.field(Field.text("more.api_key")),
              "fields_named_like_a_secret_are_secret"),
          Misbehaviour.of(
              "keeps a user name as plain text",
              Twist.field(Field.text("more.proxy_user")),
              "user_names_are_encrypted"),
          Misbehaviour.of(
              "doesn't migrate",
              source ->
                  new Twist.Provider(source.provider()) {
                    @Override
                    public ConfigurationValues migrate(int version, ConfigurationValues values) {
                      return values;
                    }
                  },
              "what_was_stored_under_earlier_versions_is_migrated",
              "a_migrated_configuration_works"),
          Misbehaviour.of(
              "shows the password in its connection string",
              string(SyntheticConfiguration.PASSWORD, true),
              "a_connection_string_says_where_and_no_secret"),
          Misbehaviour.of(
              "shows another host in its connection string",
              string(SyntheticConfiguration.USERNAME, true),
              "a_connection_string_says_where_and_no_secret"),
          Misbehaviour.of(
              "takes every text for a connection string",
              string(SyntheticConfiguration.HOST, false),
              "what_is_no_connection_string_is_refused_without_being_repeated"),
          Misbehaviour.of("dials when it is opened", dialling(), "opening_dials_nothing"));

  private static Twist type(ConnectionType type) {
    return source ->
        new Twist.Provider(source.provider()) {
          @Override
          public ConnectionType type() {
            return type;
          }
        };
  }

  private static Twist another() {
    AtomicInteger number = new AtomicInteger();
    return source ->
        new Twist.Provider(source.provider()) {
          @Override
          public ConnectionType type() {
            return ConnectionType.of(
                    "synthetic",
                    "Synthetic " + number.incrementAndGet(),
                    ConnectionType.Family.OTHER)
                .build();
          }
        };
  }

  private static Twist dialling() {
    return source ->
        new Twist.Provider(source.provider()) {
          @Override
          public ConnectionAdapter open(Configuration configuration, AdapterContext context) {
            ConnectionAdapter adapter = super.open(configuration, context);
            adapter.listSchemas(TestOperation.start());
            return adapter;
          }
        };
  }

  /** A connection string that shows one field, and takes what is read for the host. */
  private static Twist string(Field<?> shown, boolean strict) {
    return source ->
        new Twist.Provider(source.provider()) {
          @Override
          public Optional<ConnectionString> connectionString() {
            return Optional.of(new OneField(shown, strict));
          }
        };
  }

  private record OneField(Field<?> shown, boolean strict) implements ConnectionString {
    @Override
    public boolean recognizes(String text) {
      return !strict || text.startsWith("synthetic:");
    }

    @Override
    public Imported read(String text) {
      if (!recognizes(text)) {
        throw Failure.of(StandardErrorCode.INVALID_CONFIGURATION, "This isn't a line of ours.")
            .withRemedy("Fill in the fields.")
            .asException();
      }
      return new Imported(
          ConfigurationValues.empty().with("host", text.replaceFirst("^synthetic:", "")),
          List.of());
    }

    @Override
    public String show(Configuration configuration) {
      return "synthetic:"
          + configuration
              .find(shown)
              .map(value -> value instanceof Secret secret ? secret.use(String::new) : value)
              .map(String::valueOf)
              .orElse("");
    }
  }
}
