package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.testkit.SyntheticSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody may write the rows, past everything that this library does, and hasn't the key: what is
 * encrypted is refused where he moves or changes it, and the audit log shows that it was changed.
 */
abstract class TamperingContract {
  private static final Actor ADA = Actor.of("acme", "ada", Role.ADMIN);
  private static final Actor EVE = Actor.of("other", "eve", Role.ADMIN);
  private static final Pattern SEALED = Pattern.compile("\"(sealed:2:[^\"]*)\"");

  private final SyntheticSource source = SyntheticSource.create();
  private DatabaseStore store;
  private Connection hand;
  private Connections connections;
  private TenantConnections ada;

  /** Opens a store without rows. */
  abstract DatabaseStore emptyStore() throws Exception;

  /** A way past the store, and past what its triggers refuse. Closed after the test. */
  abstract Connection hand() throws SQLException;

  private void byHand(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = hand.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private String askedByHand(String sql) throws SQLException {
    try (Statement statement = hand.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  @BeforeEach
  final void open() throws Exception {
    store = emptyStore();
    hand = hand();
    connections =
        Connections.builder()
            .store(store)
            .keys(KeySource.ephemeral())
            .provider(source.provider())
            .pluginLoader(Optional.empty())
            .build();
    ada = connections.as(ADA);
  }

  @AfterEach
  final void close() throws SQLException {
    hand.close();
    connections.close();
  }

  private String created(TenantConnections who, String name) {
    return who.create(ConnectionDraft.of("synthetic", name).configuration(source.configuration()))
        .id();
  }

  private String configuration(String id) throws SQLException {
    return askedByHand("SELECT configuration FROM connections WHERE id = '" + id + "'");
  }

  /** Each sealed value of a configuration. */
  private static List<String> sealed(String configuration) {
    List<String> found = new ArrayList<>();
    Matcher values = SEALED.matcher(configuration);
    while (values.find()) {
      found.add(values.group(1));
    }
    assertThat(found).as("sealed values").hasSizeGreaterThan(1);
    return found;
  }

  private void put(String id, String configuration) throws SQLException {
    byHand("UPDATE connections SET configuration = ? WHERE id = ?", configuration, id);
    store.audit().append(AuditRecord.of(AuditOperation.TEST, Rows.NOON, "acme", "ada").build());
  }

  /** Nothing is sent anywhere: the source isn't even opened. */
  private void assertRefused(TenantConnections who, String id) {
    ConnectionException refused =
        catchThrowableOfType(ConnectionException.class, () -> who.listSchemas(id));
    assertThat(refused).as(id).isNotNull();
    assertThat(refused.code())
        .isIn(
            SecretErrorCode.INVALID_ENCRYPTED_VALUE,
            SecretErrorCode.CONFIGURATION_ALTERED,
            StandardErrorCode.MALFORMED_DATA);
    assertThat(refused.failure().remedy()).isPresent();
  }

  @Test
  void an_untouched_configuration_opens() throws SQLException {
    String id = created(ada, "mine");
    put(id, configuration(id));
    assertThat(ada.listSchemas(id)).isNotEmpty();
  }

  @Test
  void values_swapped_between_accounts_are_refused_in_both() throws SQLException {
    TenantConnections eve = connections.as(EVE);
    String mine = created(ada, "mine");
    String hers = created(eve, "hers");
    String before = configuration(mine);
    put(mine, configuration(hers));
    put(hers, before);
    assertRefused(ada, mine);
    assertRefused(eve, hers);
  }

  @Test
  void values_swapped_between_connections_of_one_account_are_refused_in_both() throws SQLException {
    String one = created(ada, "one");
    String two = created(ada, "two");
    String before = configuration(one);
    put(one, configuration(two));
    put(two, before);
    assertRefused(ada, one);
    assertRefused(ada, two);
  }

  @Test
  void values_swapped_between_fields_are_refused() throws SQLException {
    String id = created(ada, "mine");
    String before = configuration(id);
    List<String> values = sealed(before);
    put(
        id,
        before
            .replace(values.get(0), "first")
            .replace(values.get(1), values.get(0))
            .replace("\"first\"", '"' + values.get(1) + '"'));
    assertRefused(ada, id);
  }

  @Test
  void a_connection_moved_to_another_account_or_id_gives_nothing_away() throws SQLException {
    String moved = created(ada, "moved");
    byHand("UPDATE connections SET account_id = 'other' WHERE id = ?", moved);
    put(moved, configuration(moved));
    assertRefused(connections.as(Actor.of("other", "ada", Role.ADMIN)), moved);
    String renamed = created(ada, "renamed");
    byHand("UPDATE connections SET id = 'another' WHERE id = ?", renamed);
    put("another", configuration("another"));
    assertRefused(ada, "another");
  }

  @Test
  void a_bit_flipped_in_any_byte_of_any_sealed_value_is_refused() throws SQLException {
    String id = created(ada, "mine");
    String before = configuration(id);
    Random random = new Random(42);
    int flips = 0;
    for (String value : sealed(before)) {
      int from = before.indexOf(value);
      for (String flipped : FlippedBits.ofEachByte(before, from, from + value.length(), random)) {
        put(id, flipped);
        assertRefused(ada, id);
        flips++;
      }
    }
    assertThat(flips).isGreaterThan(100);
    put(id, before);
    assertThat(ada.listSchemas(id)).isNotEmpty();
  }

  @Test
  void a_bit_flipped_in_any_byte_of_the_settings_beside_a_secret_is_refused() throws SQLException {
    String id = created(ada, "mine");
    String before = configuration(id);
    Random random = new Random(44);
    int flips = 0;
    for (String setting : List.of("\"host\"", '"' + source.host() + '"', "\"port\"")) {
      int from = before.indexOf(setting);
      assertThat(from).as(setting).isNotNegative();
      for (String flipped :
          FlippedBits.ofEachByte(before, from + 1, from + setting.length() - 1, random)) {
        put(id, flipped);
        assertRefused(ada, id);
        flips++;
      }
    }
    assertThat(flips).isGreaterThan(10);
  }

  @Test
  void a_secret_is_sent_to_no_address_that_was_written_into_its_row_until_it_is_entered_again()
      throws SQLException {
    String id = created(ada, "mine");
    String before = configuration(id);
    String host = "\"host\":\"" + source.host() + '"';
    assertThat(before).contains(host);
    put(id, before.replace(host, "\"host\":\"evil.example.com\""));
    assertThat(catchThrowableOfType(ConnectionException.class, () -> ada.listSchemas(id)).code())
        .isEqualTo(SecretErrorCode.CONFIGURATION_ALTERED);
    assertThat(ada.test(id).passed()).isFalse();
    assertThat(source.counts().opens()).as("nothing is dialled").isZero();

    ada.update(id, ConnectionUpdate.of(ada.get(id)).configuration(source.configuration()));
    assertThat(ada.test(id).passed()).isTrue();
    String mended = configuration(id);
    put(id, mended.replace(sealed(mended).get(0), sealed(before).get(0)));
    assertThat(ada.test(id).passed())
        .as("an older value of the same connection, beside the same settings: not told apart")
        .isTrue();
  }

  private boolean isDetected() {
    OptionalLong broken = store.audit().firstBroken("audited");
    assertThat(broken.orElse(2)).isEqualTo(2);
    return broken.isPresent();
  }

  private void record(String user) {
    store
        .audit()
        .append(
            AuditRecord.of(AuditOperation.UPDATE, Rows.NOON, "audited", user)
                .connection("c-1")
                .object("Sales.Orders")
                .fields(List.of("server", "a, \"b\""))
                .ended(AuditResult.FAILED, "STALE_VERSION")
                .build());
  }

  @Test
  void a_bit_flipped_in_any_byte_of_an_audit_record_is_detected() throws SQLException {
    record("one");
    record("two");
    record("three");
    Random random = new Random(43);
    int flips = 0;
    for (String column :
        List.of(
            "at",
            "user_id",
            "operation",
            "result",
            "connection_id",
            "object",
            "fields",
            "code",
            "hash")) {
      String where = " WHERE account_id = 'audited' AND sequence = 2";
      String before = askedByHand("SELECT " + column + " FROM audit_log" + where);
      String change = "UPDATE audit_log SET " + column + " = ?" + where;
      for (String flipped : FlippedBits.ofEachByte(before, random)) {
        try {
          byHand(change, flipped);
        } catch (SQLException refusedByTheTable) {
          continue;
        }
        assertThat(isDetected()).as("%s: %s for %s", column, flipped, before).isTrue();
        flips++;
      }
      byHand(change, before);
      assertThat(isDetected()).as("%s as it was", column).isFalse();
    }
    assertThat(flips).isGreaterThan(120);
  }

  @Test
  void records_that_change_their_places_or_their_account_are_found_out() throws SQLException {
    record("one");
    record("two");
    record("three");
    String audited = " WHERE account_id = 'audited' AND sequence = ";
    byHand("UPDATE audit_log SET sequence = 20" + audited + 2);
    byHand("UPDATE audit_log SET sequence = 2" + audited + 3);
    byHand("UPDATE audit_log SET sequence = 3" + audited + 20);
    assertThat(store.audit().firstBroken("audited")).hasValue(2);
    byHand("UPDATE audit_log SET account_id = 'moved' WHERE account_id = 'audited'");
    assertThat(store.audit().firstBroken("moved")).hasValue(1);
    assertThat(store.audit().check("audited").last())
        .as("an empty log is sound: keep its last number elsewhere")
        .isZero();
  }

  /**
   * Letters that only differ in case are one bit apart, and some readers take them for the same.
   */
  @Test
  void a_record_spelled_otherwise_isnt_as_it_was_written() throws SQLException {
    record("one");
    record("two");
    record("three");
    String where = " WHERE account_id = 'audited' AND sequence = 2";
    for (List<String> change :
        List.of(
            List.of("at", "2026-05-01t12:00:00.123456789Z"),
            List.of("at", "2026-05-01T12:00:00.123456789z"),
            List.of("operation", "Update"),
            List.of("fields", "[\"server\", \"a, \\\"b\\\"\"]"))) {
      String column = change.get(0);
      String before = askedByHand("SELECT " + column + " FROM audit_log" + where);
      try {
        byHand("UPDATE audit_log SET " + column + " = ?" + where, change.get(1));
      } catch (SQLException refusedByTheTable) {
        continue;
      }
      assertThat(isDetected()).as("%s", change).isTrue();
      byHand("UPDATE audit_log SET " + column + " = ?" + where, before);
    }
    assertThat(isDetected()).isFalse();
  }
}
