package dev.connections.core.internal.sealing;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.Field;
import dev.connections.api.Secret;

/** A spec with a field of every protection, presets, an alias and two ways to authenticate. */
final class SampleSpec {
  enum Mode {
    BASIC,
    TOKEN
  }

  static final Field<String> SERVER = Field.text("server").aliases("host").required().destination();
  static final Field<Integer> PORT = Field.integer("port").preset(1433).destination();
  static final Field<Mode> MODE =
      Field.choice("authentication.type", Mode.class).preset(Mode.BASIC);
  static final Field<String> USER =
      Field.text("authentication.username").encrypted().required().when(MODE, Mode.BASIC);
  static final Field<Secret> PASSWORD =
      Field.secret("authentication.password")
          .aliases("authentication.pwd")
          .required()
          .when(MODE, Mode.BASIC);
  static final Field<Secret> TOKEN =
      Field.secret("authentication.token").required().when(MODE, Mode.TOKEN);
  static final Field<String> TOKEN_URL =
      Field.text("authentication.token_url").destination().when(MODE, Mode.TOKEN);
  static final Field<String> PATTERN = Field.text("advanced.pattern");

  static final ConfigurationSpec SPEC = version(3);

  private SampleSpec() {}

  static ConfigurationSpec version(int version) {
    return ConfigurationSpec.version(version)
        .group("address", "Address", SERVER, PORT)
        .group("authentication", "Authentication", MODE, USER, PASSWORD, TOKEN, TOKEN_URL)
        .group("advanced", "Advanced", PATTERN)
        .build();
  }

  static ConfigurationValues values() {
    return ConfigurationValues.empty()
        .with("server", "db.example.com")
        .with("authentication.username", "ada.lovelace")
        .with("authentication.password", "hunter2")
        .with("advanced.pattern", "*.csv");
  }
}
