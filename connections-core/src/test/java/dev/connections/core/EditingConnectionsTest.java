package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Page;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.access.Visibility;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EditingConnectionsTest {
  private final Stage stage = Stage.set();
  private final TenantConnections ada = stage.ada;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void a_new_connection_is_private_active_untested_and_the_actors() {
    Connection made =
        ada.create(
            stage.draft("  Sales  ").description("The shop").importSettings(ImportOptions.all()));
    assertThat(made).isEqualTo(ada.get(made.id()));
    assertThat(made.name()).isEqualTo("Sales");
    assertThat(made.account()).isEqualTo("acme");
    assertThat(made.owner()).isEqualTo("ada");
    assertThat(made.createdBy()).isEqualTo("ada");
    assertThat(made.visibility()).isEqualTo(Visibility.PRIVATE);
    assertThat(made.active()).isTrue();
    assertThat(made.locked()).isFalse();
    assertThat(made.workspace()).isEmpty();
    assertThat(made.testStatus()).isEqualTo(TestStatus.UNTESTED);
    assertThat(made.importSettings()).contains(ImportOptions.all());
    assertThat(made.version()).isEqualTo(1);
    assertThat(made.configurationVersion()).isEqualTo(1);
    assertThat(made.problems()).isEmpty();
    assertThat(made.configuration().find("authentication.password")).contains(Secret.MASK);
    assertThat(made.configuration().find("authentication.username"))
        .contains(stage.source.username());
  }

  @Test
  void all_problems_of_a_configuration_are_told_at_once_and_nothing_is_stored() {
    ConnectionException refused =
        failing(
            () ->
                ada.create(
                    ConnectionDraft.of("synthetic", "Bad").set("port", 0).set("colour", "red")),
            StandardErrorCode.INVALID_CONFIGURATION);
    assertThat(refused.failure().fields())
        .contains("host", "port", "colour", "authentication.password");
    assertThat(ada.count(ConnectionFilter.all())).isZero();
    assertThat(stage.audited(AuditOperation.CREATE)).isEmpty();
  }

  @Test
  void a_mask_is_no_secret() {
    failing(
        () -> ada.create(stage.draft("Masked").set("authentication.password", Secret.MASK)),
        StandardErrorCode.MISSING_SECRET);
  }

  @Test
  void names_are_unique_plain_and_not_too_long() {
    stage.created("Sales");
    assertThat(failing(() -> stage.created("Sales"), CoreErrorCode.NAME_TAKEN).failure().fields())
        .containsExactly("name");
    AuditRecord failed = stage.audited(AuditOperation.CREATE).get(2);
    assertThat(failed.result()).isEqualTo(AuditResult.FAILED);
    assertThat(failed.code()).contains("NAME_TAKEN");
    stage.created("sales");
    failing(() -> stage.created("   "), CoreErrorCode.INVALID_ARGUMENT);
    failing(() -> stage.created("two\nlines"), CoreErrorCode.INVALID_ARGUMENT);
    failing(() -> stage.created("n".repeat(201)), CoreErrorCode.INVALID_ARGUMENT);
    failing(
        () -> ada.create(stage.draft("D").description("d".repeat(4001))),
        CoreErrorCode.INVALID_ARGUMENT);
    failing(() -> ada.create(stage.draft("W").workspace(" w")), CoreErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void that_a_name_is_taken_is_told_in_the_same_words_whoever_may_see_what_has_it() {
    TenantConnections bob = stage.connections.as(Stage.BOB);
    Connection hidden = stage.created("Sales");
    Connection own = bob.create(stage.draft("Shop"));
    failing(() -> bob.get(hidden.id()), StandardErrorCode.NOT_FOUND);
    Failure unseen =
        failing(() -> bob.create(stage.draft("Sales")), CoreErrorCode.NAME_TAKEN).failure();
    Failure seen =
        failing(() -> bob.create(stage.draft("Shop")), CoreErrorCode.NAME_TAKEN).failure();
    assertThat(unseen.message()).isEqualTo("The name 'Sales' isn't free.");
    assertThat(unseen).hasToString(seen.toString().replace("Shop", "Sales"));
    assertThat(unseen.remedy()).isEqualTo(seen.remedy());
    assertThat(unseen.fields()).isEqualTo(seen.fields());
    Failure renamed =
        failing(
                () -> bob.update(own.id(), ConnectionUpdate.of(own).name("Sales")),
                CoreErrorCode.NAME_TAKEN)
            .failure();
    assertThat(renamed).isEqualTo(unseen);
    assertThat(stage.connections.as(Stage.EVE).create(stage.draft("Sales")).name())
        .as("another account")
        .isEqualTo("Sales");
  }

  @Test
  void an_actor_of_a_workspace_creates_in_it_and_nowhere_else() {
    TenantConnections north = stage.connections.as(Stage.ADA.in("north"));
    assertThat(north.create(stage.draft("A")).workspace()).contains("north");
    assertThat(north.create(stage.draft("B").workspace("north")).workspace()).contains("north");
    failing(
        () -> north.create(stage.draft("C").workspace("south")),
        StandardErrorCode.PERMISSION_DENIED);
    assertThat(ada.create(stage.draft("A").workspace("south")).workspace()).contains("south");
  }

  @Test
  void an_update_changes_what_it_names_and_keeps_the_secrets() {
    Connection made = stage.created("Sales");
    Connection after =
        ada.update(
            made.id(),
            ConnectionUpdate.of(made)
                .name("Shop")
                .description("d")
                .visibility(Visibility.PUBLIC)
                .importSettings(ImportOptions.ofSchemas("a"))
                .set("advanced.tables", 3));
    assertThat(after.name()).isEqualTo("Shop");
    assertThat(after.description()).contains("d");
    assertThat(after.importSettings()).contains(ImportOptions.ofSchemas("a"));
    assertThat(after.version()).isEqualTo(2);
    assertThat(after.configurationVersion()).isEqualTo(2);
    assertThat(ada.test(made.id()).passed()).isTrue();
    assertThat(stage.audited(AuditOperation.UPDATE).get(0).fields())
        .containsExactlyInAnyOrder(
            "name", "description", "visibility", "import_settings", "advanced.tables");
    Connection form =
        ada.update(made.id(), ConnectionUpdate.of(after).configuration(after.configuration()));
    assertThat(form.configurationVersion()).as("nothing has changed").isEqualTo(2);
    assertThat(ada.test(made.id()).passed()).isTrue();
    Connection plain = ada.update(made.id(), ConnectionUpdate.of(form).description(" "));
    assertThat(plain.description()).isEmpty();
    assertThat(plain.testStatus()).isEqualTo(TestStatus.SUCCESS);
  }

  @Test
  void a_change_of_the_configuration_makes_the_connection_untested() {
    Connection made = stage.created("Sales");
    ada.test(made.id());
    Connection after = ada.update(made.id(), ConnectionUpdate.of(made).set("advanced.columns", 2));
    assertThat(after.testStatus()).isEqualTo(TestStatus.UNTESTED);
  }

  @Test
  void another_destination_needs_the_secrets_again() {
    Connection made = stage.created("Sales");
    ConnectionUpdate elsewhere = ConnectionUpdate.of(made).set("host", "evil.example.com");
    ConnectionException refused =
        failing(() -> ada.update(made.id(), elsewhere), StandardErrorCode.MISSING_SECRET);
    assertThat(refused.failure().fields()).containsExactly("authentication.password");
    assertThat(ada.get(made.id())).isEqualTo(made);
    Connection moved =
        ada.update(made.id(), elsewhere.set("authentication.password", Secret.of("another one")));
    assertThat(moved.configuration().find("host")).contains("evil.example.com");
  }

  @Test
  void what_a_store_could_not_keep_is_refused_with_the_field_to_correct() {
    Connection made = stage.created("Sales");
    for (String cut : List.of("a\0b", "half \ud83d")) {
      ConnectionException description =
          failing(
              () -> ada.update(made.id(), ConnectionUpdate.of(made).description(cut)),
              CoreErrorCode.INVALID_ARGUMENT);
      assertThat(description.failure().fields()).containsExactly("description");
    }
    ConnectionException owner =
        failing(
            () -> ada.update(made.id(), ConnectionUpdate.of(made).owner(" bob")),
            CoreErrorCode.INVALID_ARGUMENT);
    assertThat(owner.failure().fields()).containsExactly("owner");
    ConnectionException workspace =
        failing(
            () -> ada.create(stage.draft("B").workspace("north\n")),
            CoreErrorCode.INVALID_ARGUMENT);
    assertThat(workspace.failure().fields()).containsExactly("workspace");
  }

  @Test
  void a_field_may_be_changed_by_an_alias() {
    Connection made = stage.created("Sales");
    ConnectionUpdate elsewhere = ConnectionUpdate.of(made).set("server", "new.example.com");
    failing(() -> ada.update(made.id(), elsewhere), StandardErrorCode.MISSING_SECRET);
    Connection moved =
        ada.update(made.id(), elsewhere.set("authentication.password", Secret.of("another one")));
    assertThat(moved.configuration().find("host")).contains("new.example.com");
    assertThat(moved.configuration().find("server")).isEmpty();
    failing(
        () -> ada.update(made.id(), ConnectionUpdate.of(moved).unset("server")),
        StandardErrorCode.MISSING_SECRET);
  }

  @Test
  void who_gives_a_private_connection_away_is_answered_and_sees_it_no_more() {
    Connection made = stage.created("Sales");
    Connection given = ada.update(made.id(), ConnectionUpdate.of(made).owner("bob"));
    assertThat(given.owner()).isEqualTo("bob");
    failing(() -> ada.get(made.id()), StandardErrorCode.NOT_FOUND);
    assertThat(stage.connections.as(Stage.BOB).get(made.id())).isEqualTo(given);
  }

  @Test
  void a_secret_is_taken_away_by_name_only() {
    Connection made = stage.created("Sales");
    ConnectionUpdate without = ConnectionUpdate.of(made).unset("authentication.password");
    failing(() -> ada.update(made.id(), without), StandardErrorCode.MISSING_SECRET);
    Connection after =
        ada.update(
            made.id(),
            without
                .set("authentication.type", "token")
                .set("authentication.token", stage.source.token().secret()));
    assertThat(after.configuration().find("authentication.password")).isEmpty();
    assertThat(ada.test(made.id()).passed()).isTrue();
  }

  @Test
  void a_stale_version_is_refused() {
    Connection made = stage.created("Sales");
    ada.update(made.id(), ConnectionUpdate.of(made).name("Shop"));
    failing(
        () -> ada.update(made.id(), ConnectionUpdate.of(made).name("Store")),
        CoreErrorCode.STALE_VERSION);
    assertThat(ada.get(made.id()).name()).isEqualTo("Shop");
  }

  @Test
  void tests_and_imports_leave_the_version_so_that_an_open_form_can_be_saved() {
    Connection made = stage.created("Sales");
    ada.test(made.id());
    assertThat(ada.update(made.id(), ConnectionUpdate.of(made).name("Shop")).name())
        .isEqualTo("Shop");
  }

  @Test
  void who_may_see_and_not_change_is_told_so_and_it_is_audited() {
    Connection made = stage.shared("Sales");
    TenantConnections bob = stage.connections.as(Stage.BOB);
    assertThat(bob.get(made.id())).isEqualTo(made);
    failing(
        () -> bob.update(made.id(), ConnectionUpdate.of(made).name("Mine")),
        StandardErrorCode.PERMISSION_DENIED);
    failing(() -> bob.delete(made.id()), StandardErrorCode.PERMISSION_DENIED);
    failing(() -> bob.lock(made.id()), StandardErrorCode.PERMISSION_DENIED);
    failing(() -> bob.test(ConnectionDraft.of(made)), StandardErrorCode.PERMISSION_DENIED);
    assertThat(stage.audit.records("acme"))
        .filteredOn(record -> record.result() == AuditResult.DENIED)
        .extracting(AuditRecord::operation)
        .containsExactly(
            AuditOperation.UPDATE, AuditOperation.DELETE, AuditOperation.LOCK, AuditOperation.TEST);
    Connection given = ada.update(made.id(), ConnectionUpdate.of(made).owner("bob"));
    assertThat(given.owner()).isEqualTo("bob");
    bob.delete(made.id());
    failing(() -> ada.get(made.id()), StandardErrorCode.NOT_FOUND);
  }

  @Test
  void a_locked_connection_is_changed_by_nobody_until_it_is_unlocked() {
    Connection made = stage.created("Sales");
    Connection locked = ada.lock(made.id());
    assertThat(locked.locked()).isTrue();
    assertThat(locked.version()).isEqualTo(2);
    assertThat(ada.lock(made.id())).isEqualTo(locked);
    failing(
        () -> ada.update(made.id(), ConnectionUpdate.of(locked).name("x")), CoreErrorCode.LOCKED);
    failing(() -> stage.connections.as(Stage.ROOT).delete(made.id()), CoreErrorCode.LOCKED);
    assertThat(ada.test(made.id()).passed()).isTrue();
    Connection unlocked = stage.connections.as(Stage.ROOT).unlock(made.id());
    assertThat(unlocked.locked()).isFalse();
    assertThat(ada.unlock(made.id())).isEqualTo(unlocked);
    ada.delete(made.id());
  }

  @Test
  void lists_filter_by_type_with_all_its_stored_names_and_page() {
    stage.created("A");
    ada.create(
        ConnectionDraft.of("SYNTHETIC_CLOUD", "B")
            .configuration(stage.source.tokenConfiguration()));
    stage.connections.as(Stage.BOB).create(stage.draft("C"));
    ConnectionFilter all = ConnectionFilter.all();
    assertThat(ada.count(all.withTypes("synthetic"))).isEqualTo(2);
    assertThat(ada.count(all.withTypes("SYNTHETIC_CLOUD"))).isEqualTo(1);
    assertThat(stage.connections.as(Stage.ROOT).count(all)).isEqualTo(3);
    Page<Connection> first = ada.list(all, ListRequest.first().limit(1));
    Page<Connection> second =
        ada.list(all, ListRequest.first().limit(1).after(first.next().orElseThrow()));
    assertThat(first.items()).extracting(Connection::name).containsExactly("A");
    assertThat(second.items()).extracting(Connection::type).containsExactly("SYNTHETIC_CLOUD");
    assertThat(second.next()).isEmpty();
    failing(
        () -> ada.list(all, ListRequest.first().after("nonsense")), CoreErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void how_long_metadata_is_kept_can_be_set_before_the_connection_is_stored() {
    Connection made = ada.create(stage.draft("Sales").metadataExpiry(Duration.ofMinutes(5)));
    assertThat(made.metadataExpiry()).contains(Duration.ofMinutes(5));
    assertThat(ada.create(ConnectionDraft.of(made).name("Copy")).metadataExpiry())
        .isEqualTo(made.metadataExpiry());
    assertThatThrownBy(() -> stage.draft("Short").metadataExpiry(Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_draft_of_a_stored_connection_copies_its_secrets_and_says_so() {
    Connection made = stage.created("Sales");
    Connection copy = ada.create(ConnectionDraft.of(made).name("Copy"));
    assertThat(ada.test(copy.id()).passed()).isTrue();
    assertThat(stage.audited(AuditOperation.COPY_SECRETS))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.connection()).contains(made.id());
              assertThat(record.fields()).containsExactly("authentication.password");
            });
    failing(
        () -> ada.create(ConnectionDraft.of(made).name("Evil").set("host", "evil.example.com")),
        StandardErrorCode.MISSING_SECRET);
  }

  @Test
  void a_connection_without_its_plugin_stays_listed_and_editable_but_cannot_be_opened() {
    Connection made = stage.created("Sales");
    StoredConnection row = stage.store.find("acme", made.id()).orElseThrow();
    try (Connections bare =
        Connections.builder()
            .store(stage.store)
            .keys(stage.keys)
            .audit(stage.audit)
            .pluginLoader(Optional.empty())
            .build()) {
      TenantConnections mine = bare.as(Stage.ADA);
      Connection listed = mine.list(ConnectionFilter.all(), ListRequest.first()).items().get(0);
      assertThat(listed.configuration().find("authentication.username")).contains(Secret.MASK);
      assertThat(listed.configuration().find("host")).contains(stage.source.host());
      assertThat(bare.isAvailable("synthetic")).isFalse();
      Connection renamed = mine.update(made.id(), ConnectionUpdate.of(listed).name("Shop"));
      ConnectionException unsupported =
          failing(() -> mine.test(made.id()), StandardErrorCode.UNSUPPORTED);
      assertThat(unsupported.failure().message())
          .isEqualTo("Unsupported connection type: synthetic.");
      failing(() -> mine.listSchemas(made.id()), StandardErrorCode.UNSUPPORTED);
      failing(
          () ->
              mine.update(made.id(), ConnectionUpdate.of(renamed).set("host", "evil.example.com")),
          StandardErrorCode.MISSING_SECRET);
      assertThat(mine.get(made.id()).name()).isEqualTo("Shop");
      assertThat(stage.store.find("acme", made.id()).orElseThrow().configuration())
          .isEqualTo(row.configuration());
    }
  }

  /** Past the library, as who can write the store's tables can. */
  private void redirected(Connection made, String host) {
    StoredConnection row = stage.store.find("acme", made.id()).orElseThrow();
    String json = row.configuration().json();
    String altered = json.replace("\"host\":\"" + stage.source.host(), "\"host\":\"" + host);
    assertThat(altered).isNotEqualTo(json);
    stage.store.replace(
        row.toBuilder()
            .configuration(
                new StoredConfiguration(
                    row.configuration().specVersion(), altered, row.configuration().keyId()))
            .changed(row.updatedAt(), row.version() + 1, row.configurationVersion() + 1)
            .build(),
        row.version());
  }

  @Test
  void a_secret_is_sent_nowhere_while_its_address_is_one_that_was_changed_past_the_library() {
    Connection made = stage.created("Sales");
    redirected(made, "evil.example.com");
    failing(() -> ada.listSchemas(made.id()), SecretErrorCode.CONFIGURATION_ALTERED);
    TestResult tested = ada.test(made.id());
    assertThat(tested.passed()).isFalse();
    Connection shown = ada.get(made.id());
    assertThat(shown.configuration().find("host")).contains("evil.example.com");
    assertThat(shown.problems())
        .extracting(ConfigurationProblem::code)
        .contains(SecretErrorCode.CONFIGURATION_ALTERED);
    failing(
        () -> ada.create(ConnectionDraft.of(shown).name("Copy")),
        SecretErrorCode.CONFIGURATION_ALTERED);
    assertThat(stage.source.counts().opens()).isZero();
  }

  @Test
  void who_enters_the_secrets_again_mends_a_configuration_that_was_changed_past_the_library() {
    Connection made = stage.created("Sales");
    redirected(made, "evil.example.com");
    Connection altered = ada.get(made.id());
    Supplier<ConnectionUpdate> address =
        () -> ConnectionUpdate.of(altered).set("host", stage.source.host());
    failing(() -> ada.update(made.id(), address.get()), SecretErrorCode.CONFIGURATION_ALTERED);
    failing(
        () ->
            ada.update(
                made.id(),
                ConnectionUpdate.of(altered)
                    .configuration(
                        stage.source.configuration().without("authentication.password"))),
        SecretErrorCode.CONFIGURATION_ALTERED);
    ConnectionException one =
        failing(
            () ->
                ada.update(
                    made.id(), address.get().set("authentication.password", "entered again")),
            SecretErrorCode.CONFIGURATION_ALTERED);
    assertThat(one.failure().fields()).containsExactly("authentication.username");
    ada.update(
        made.id(),
        address
            .get()
            .set(
                "authentication.username",
                stage.source.configuration().find("authentication.username").orElseThrow())
            .set(
                "authentication.password",
                stage.source.configuration().find("authentication.password").orElseThrow()));
    assertThat(ada.get(made.id()).problems()).isEmpty();
    assertThat(ada.test(made.id()).passed()).isTrue();
  }

  @Test
  void a_damaged_row_hides_no_other() {
    Connection made = stage.created("Damaged");
    stage.created("Sound");
    StoredConnection row = stage.store.find("acme", made.id()).orElseThrow();
    String json = row.configuration().json();
    int at = json.indexOf("sealed:") + 30;
    String flipped =
        json.substring(0, at) + (json.charAt(at) == 'A' ? 'B' : 'A') + json.substring(at + 1);
    stage.store.replace(
        row.toBuilder()
            .configuration(new StoredConfiguration(row.configuration().specVersion(), flipped))
            .changed(row.updatedAt(), 2, 2)
            .build(),
        1);
    stage.store.rememberImportSettings("acme", made.id(), "{broken");
    List<Connection> all = ada.list(ConnectionFilter.all(), ListRequest.first()).items();
    assertThat(all).hasSize(2);
    assertThat(all.get(0).problems()).isNotEmpty();
    assertThat(all.get(0).importSettings()).isEmpty();
    assertThat(all.get(1).problems()).isEmpty();
    TestResult result = ada.test(made.id());
    assertThat(result.passed()).isFalse();
    assertThat(result.step("validate")).isPresent();
  }

  @Test
  void older_configurations_are_migrated_when_they_are_used_and_when_they_are_changed() {
    Connection made = stage.created("Old");
    StoredConnection row = stage.store.find("acme", made.id()).orElseThrow();
    ConfigurationValues old = stage.source.storedUnderVersion1();
    // What version 1 didn't know as secret lies there in the clear.
    String json =
        "{\"server\":\"%s\",\"login\":\"%s\",\"pass\":%s}"
            .formatted(
                old.find("server").orElseThrow(),
                old.find("login").orElseThrow(),
                quoted((String) old.find("pass").orElseThrow()));
    stage.store.replace(
        row.toBuilder()
            .configuration(new StoredConfiguration(1, json))
            .changed(row.updatedAt(), 2, 2)
            .build(),
        1);
    assertThat(ada.test(made.id()).passed()).isTrue();
    Connection migrated = ada.update(made.id(), ConnectionUpdate.at(2).set("advanced.tables", 2));
    assertThat(migrated.configuration().find("authentication.password")).contains(Secret.MASK);
    assertThat(stage.store.find("acme", made.id()).orElseThrow().configuration().specVersion())
        .isEqualTo(2);
    assertThat(ada.test(made.id()).passed()).isTrue();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
