package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Quota;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableQuery;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.ListRequest;
import dev.connections.core.TenantConnections;
import dev.connections.core.TestStatus;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.testkit.Canary;
import dev.connections.testkit.LogCapture;
import dev.connections.testkit.SyntheticSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a host does, with its connections in a store that survives it. A store's test extends it.
 */
abstract class DurableConnections {
  private static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);
  private static final Actor EVE = Actor.of("other", "ada", Role.ADMIN);

  private final SyntheticSource source = SyntheticSource.create();
  private final KeySource keys = KeySource.ephemeral();

  /** {@return the one store of this test, opened} */
  abstract DatabaseStore store();

  /** {@return all that was ever written for this test and is still there, as text} */
  abstract List<String> everythingWritten() throws Exception;

  /** {@return how many rows of an account each table has that knows accounts} */
  abstract Map<String, Long> rowsOf(String account) throws Exception;

  private Connections open(KeySource keySource) {
    return Connections.builder()
        .store(store())
        .keys(keySource)
        .provider(source.provider())
        .pluginLoader(Optional.empty())
        .build();
  }

  private ConnectionDraft draft(String name) {
    return ConnectionDraft.of("synthetic", name).configuration(source.configuration());
  }

  @Test
  void everything_is_there_after_a_restart_and_secrets_open_with_the_same_key() {
    Connection made;
    Connection before;
    try (Connections connections = open(keys)) {
      TenantConnections ada = connections.as(ADA);
      made = ada.create(draft("Sales").visibility(Visibility.PUBLIC));
      assertThat(ada.test(made.id()).passed()).isTrue();
      ada.importMetadata(made.id(), ImportOptions.all(), ImportListener.NONE).join();
      before = ada.get(made.id());
    }
    try (Connections connections = open(keys)) {
      TenantConnections ada = connections.as(ADA);
      Connection after = ada.get(made.id());
      assertThat(after).isEqualTo(before);
      assertThat(after.test().status()).isEqualTo(TestStatus.SUCCESS);
      assertThat(after.lastImport()).isPresent();
      assertThat(ada.test(made.id()).passed()).isTrue();
      assertThat(ada.getTableMetadata(made.id(), SyntheticSource.table(0, 0)).columns())
          .isNotEmpty();
    }
  }

  @Test
  void another_key_opens_nothing() {
    open(keys).close();
    Rows.failing(() -> open(KeySource.ephemeral()), SecretErrorCode.KEY_REFUSED);
    open(keys).close();
  }

  @Test
  void two_tenants_never_see_each_other() {
    try (Connections connections = open(keys)) {
      TenantConnections ada = connections.as(ADA);
      TenantConnections eve = connections.as(EVE);
      Connection ours = ada.create(draft("Sales").visibility(Visibility.PUBLIC));
      ada.get(ours.id());
      Rows.failing(() -> eve.get(ours.id()), StandardErrorCode.NOT_FOUND);
      Rows.failing(() -> eve.test(ours.id()), StandardErrorCode.NOT_FOUND);
      Rows.failing(() -> eve.delete(ours.id()), StandardErrorCode.NOT_FOUND);
      assertThat(eve.list(ConnectionFilter.all(), ListRequest.first()).items()).isEmpty();
      Connection theirs = eve.create(draft("Sales"));
      Rows.failing(() -> eve.create(draft("Sales")), CoreErrorCode.NAME_TAKEN);
      Rows.failing(() -> ada.get(theirs.id()), StandardErrorCode.NOT_FOUND);
      assertThat(ada.list(ConnectionFilter.all(), ListRequest.first()).items())
          .extracting(Connection::id)
          .containsExactly(ours.id());
    }
    try (DatabaseStore store = store()) {
      assertThat(store.audit().records("acme", 0, 100))
          .isNotEmpty()
          .extracting(AuditRecord::account)
          .containsOnly("acme");
      assertThat(store.audit().records("other", 0, 100))
          .isNotEmpty()
          .extracting(AuditRecord::account)
          .containsOnly("other");
    }
  }

  @Test
  void no_secret_is_in_what_is_written_or_logged_whatever_was_done() throws Exception {
    Canary second = Canary.create("a second password");
    try (LogCapture logged = LogCapture.start()) {
      try (Connections connections = open(keys)) {
        TenantConnections ada = connections.as(ADA);
        Connection made = ada.create(draft("Sales"));
        ada.test(made.id());
        ada.update(
            made.id(), ConnectionUpdate.of(made).set("authentication.password", second.secret()));
        ada.test(made.id());
        Rows.failing(() -> ada.create(draft("Sales")), CoreErrorCode.NAME_TAKEN);
        ada.delete(ada.create(draft("Short-lived")).id());
      }
      second.assertAbsentFrom("the log", logged.text());
      source.password().assertAbsentFrom("the log", logged.text());
    }
    List<String> written = everythingWritten();
    for (String each : written) {
      second.assertAbsentFrom("the store", each);
      source.password().assertAbsentFrom("the store", each);
    }
    assertThat(written).anyMatch(each -> each.contains("sealed:2:"));
  }

  /** Looked up in the tables themselves: those that later scripts make are looked at, too. */
  @Test
  void what_hangs_on_a_connection_goes_with_it_from_every_table_and_the_audit_log_stays()
      throws Exception {
    source.tellAllowance(
        Optional.of(new Quota("calls", OptionalLong.of(7), OptionalLong.of(9), Optional.empty())));
    try (Connections connections = open(keys);
        DatabaseStore beside = store()) {
      TenantConnections ada = connections.as(ADA);
      Connection made = ada.create(draft("Sales"));
      ada.test(made.id());
      ada.getTableMetadata(made.id(), SyntheticSource.table(0, 0));
      ada.importMetadata(made.id(), ImportOptions.all(), ImportListener.NONE).join().orThrow();
      ada.listTables(made.id(), TableQuery.of(SyntheticSource.schema(0)));
      assertThat(ada.quotas(made.id())).hasSize(1);
      beside.tokenRows().lease("acme", made.id(), 1, "holder", Duration.ofMinutes(1));
      Map<String, Long> before = rowsOf("acme");
      assertThat(before).hasSizeGreaterThan(9);
      before.keySet().removeAll(Set.of("audit_cuts", "snapshot_changes")); // empty at rest
      assertThat(before).as("a table of which nothing is tested").doesNotContainValue(0L);
      ada.delete(made.id());
      Map<String, Long> after = rowsOf("acme");
      assertThat(after.remove("audit_log")).isGreaterThan(before.get("audit_log"));
      assertThat(after.values()).as("%s", after).containsOnly(0L);
    }
  }

  @Test
  void a_new_connection_is_stored_with_the_defaults_in_lower_case() throws Exception {
    try (Connections connections = open(keys)) {
      Connection made = connections.as(ADA).create(draft("Sales"));
      assertThat(made.ownership().visibility()).isEqualTo(Visibility.PRIVATE);
      assertThat(made.active()).isTrue();
      assertThat(made.locked()).isFalse();
      assertThat(made.test().status()).isEqualTo(TestStatus.UNTESTED);
    }
    assertThat(String.join("\n", everythingWritten())).contains("private").contains("untested");
  }
}
