package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapterProvider;
import dev.connections.api.ConnectionType;
import dev.connections.api.Field;
import dev.connections.api.FieldGroup;
import dev.connections.api.Preset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a provider says of its type, without dialling. */
interface DescriptionContract extends AdapterUnderTest {
  /** Names of fields whose value nobody else may know. */
  Pattern SECRET = Pattern.compile("(.*_)?(password|passphrase|secret|token|key|credential)");

  /** Names of fields that say who signs in. */
  Pattern IDENTITY = Pattern.compile("(.*_)?(username|user_name|user|login|client_id)");

  /** What a field must hold to hold a secret or a name. */
  Set<Field.Kind> TEXTS =
      Set.of(Field.Kind.TEXT, Field.Kind.MULTILINE_TEXT, Field.Kind.SECRET, Field.Kind.TEXTS);

  @Test
  default void the_type_is_named_for_machines_and_for_people() {
    ConnectionType type = provider().type();

    assertThat(type.displayName()).as("display name").isNotBlank();
    assertThat(type.isNamed(type.id().toUpperCase(Locale.ROOT))).as("is named by its id").isTrue();
    assertThat(type.storedNames())
        .as("stored names")
        .allSatisfy(stored -> assertThat(stored.name()).isNotBlank())
        .extracting(stored -> stored.name().toLowerCase(Locale.ROOT))
        .doesNotHaveDuplicates();
    assertThat(type.presets()).extracting(Preset::id).as("presets").doesNotHaveDuplicates();
    assertThat(type.presets()).allSatisfy(preset -> assertThat(preset.displayName()).isNotBlank());
  }

  @Test
  default void a_provider_says_the_same_at_every_call() {
    ConnectionAdapterProvider provider = provider();

    assertThat(provider.type()).isEqualTo(provider.type());
    assertThat(provider.features()).isEqualTo(provider.features());
    assertThat(provider.configuration().version()).isEqualTo(provider.configuration().version());
    assertThat(provider.configuration().fields()).isEqualTo(provider.configuration().fields());
  }

  @Test
  default void every_field_has_a_label_and_stands_in_a_group() {
    ConfigurationSpec spec = provider().configuration();

    assertThat(spec.groups()).as("groups").isNotEmpty();
    assertThat(spec.groups()).extracting(FieldGroup::id).doesNotHaveDuplicates();
    assertThat(spec.groups())
        .allSatisfy(
            group -> {
              assertThat(group.id()).as("id of a group").matches("[a-z][a-z0-9_-]*");
              assertThat(group.label()).as("label of the group %s", group.id()).isNotBlank();
              assertThat(group.fields()).as("fields of the group %s", group.id()).isNotEmpty();
              assertThat(group.fields())
                  .extracting(Field::label)
                  .as("labels in the group %s", group.id())
                  .doesNotHaveDuplicates()
                  .allSatisfy(label -> assertThat(label).isNotBlank());
            });
  }

  @Test
  default void presets_set_fields_that_exist() {
    ConnectionAdapterProvider provider = provider();

    assertThat(provider.type().presets())
        .allSatisfy(
            preset ->
                assertThat(preset.values().paths())
                    .as("fields of the preset %s", preset.id())
                    .allMatch(path -> provider.configuration().field(path).isPresent()));
  }

  @Test
  default void fields_named_like_a_secret_are_secret() {
    List<String> readable =
        named(SECRET).stream()
            .filter(field -> !field.isSecret() && !publicFields().contains(field.path()))
            .map(Field::path)
            .toList();

    assertThat(readable)
        .as("fields that sound like a secret and aren't write-only; see publicFields()")
        .isEmpty();
  }

  @Test
  default void user_names_are_encrypted() {
    List<String> plain =
        named(IDENTITY).stream()
            .filter(field -> field.protection() == Field.Protection.NONE)
            .filter(field -> !publicFields().contains(field.path()))
            .map(Field::path)
            .toList();

    assertThat(plain).as("fields that name a user and are stored as they are").isEmpty();
  }

  private List<Field<?>> named(Pattern pattern) {
    return provider().configuration().fields().stream()
        .filter(field -> TEXTS.contains(field.kind()))
        .filter(
            field ->
                pattern
                    .matcher(field.path().substring(field.path().lastIndexOf('.') + 1))
                    .matches())
        .toList();
  }

  @Test
  default void the_good_configuration_is_valid() {
    assertThat(provider().configuration().validate(goodConfiguration()))
        .as("problems of the good configuration")
        .isEmpty();
  }

  @Test
  default void what_was_stored_under_earlier_versions_is_migrated() {
    ConnectionAdapterProvider provider = provider();
    int version = provider.configuration().version();

    assertThat(storedExamples())
        .extracting(StoredExample::version)
        .as("versions of which there is a stored example, for a spec of version %s", version)
        .containsAll(IntStream.range(1, version).boxed().toList())
        .allMatch(older -> older < version, "older than the spec");
    assertThat(storedExamples())
        .allSatisfy(
            example -> {
              ConfigurationValues migrated = provider.migrate(example.version(), example.values());
              assertThat(provider.configuration().validate(migrated))
                  .as("problems after migration from version %s", example.version())
                  .isEmpty();
            });
  }

  @Test
  default void a_migrated_configuration_works(AdapterTrial trial) {
    for (StoredExample example : storedExamples()) {
      ConfigurationValues migrated = provider().migrate(example.version(), example.values());

      assertThat(trial.open(migrated).test(TestOperation.start()).firstFailure())
          .as("first failure of the test after migration from version %s", example.version())
          .isEmpty();
    }
  }

  @Test
  default void opening_dials_nothing(AdapterTrial trial) {
    trial.open();

    assertThat(trial.context().dials()).as("calls and look-ups while opening").isZero();
  }
}
