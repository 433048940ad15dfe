package dev.connections.core;

import static dev.connections.core.Stage.ADA;
import static dev.connections.core.Stage.ROOT;
import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Secret;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.sealing.SealedPlace;
import dev.connections.core.internal.sealing.SecretCipher;
import dev.connections.core.secrets.KeyStatus;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretKey;
import dev.connections.core.secrets.SecretKey.State;
import dev.connections.core.store.StoredConfiguration;
import dev.connections.core.store.StoredConnection;
import dev.connections.testkit.LogCapture;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RotatingKeysTest {
  private static final Actor OPERATOR = Actor.of("operations", "olga", Role.ADMIN);

  private final Stage stage = Stage.set();
  private final SecretKeys keys = stage.connections.keys(OPERATOR);

  @AfterEach
  void end() {
    stage.close();
  }

  private List<State> states() {
    return keys.status().keys().stream().map(SecretKey::state).toList();
  }

  private static String flipped(String json) {
    int at = json.indexOf("sealed:") + 30;
    return json.substring(0, at) + (json.charAt(at) == 'A' ? 'B' : 'A') + json.substring(at + 1);
  }

  private StoredConnection row(Connection connection) {
    return stage.store.find("acme", connection.id()).orElseThrow();
  }

  @Test
  void everything_is_on_the_new_key_in_the_end_and_works_as_before() {
    List<Connection> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(stage.created("c" + i));
    }
    stage.connections.as(Stage.EVE).create(stage.draft("theirs"));
    long former = keys.status().present().id();
    assertThat(keys.addKey().total()).isEqualTo(4);
    assertThat(states()).containsExactly(State.PRESENT, State.NEXT);
    RotationJob job = keys.rotate();
    RotationReport report = job.join();
    assertThat(report.complete()).isTrue();
    assertThat(report.reencrypted()).isEqualTo(4);
    assertThat(report.status().onPresent()).isEqualTo(4);
    assertThat(report.problems()).isEmpty();
    assertThat(job.progress()).hasToString("4 of 4 on the new key");
    assertThat(job.future()).isCompletedWithValue(report);
    assertThat(states()).containsExactly(State.FORMER, State.PRESENT);
    assertThat(keys.retireFormer().keys()).hasSize(1);
    for (Connection connection : made) {
      assertThat(row(connection).configuration().json()).doesNotContain("sealed:2:" + former);
      assertThat(stage.ada.test(connection.id()).passed()).isTrue();
      assertThat(stage.ada.get(connection.id()).version()).isEqualTo(connection.version());
    }
  }

  @Test
  void a_rotation_without_a_new_key_or_with_nothing_to_do_changes_nothing() {
    Connection made = stage.created("c");
    StoredConfiguration before = row(made).configuration();
    assertThat(keys.rotate().join().complete()).isTrue();
    assertThat(row(made).configuration()).isEqualTo(before);
    assertThat(stage.audit.records("operations")).isEmpty();
    assertThat(keys.retireFormer().keys()).hasSize(1);
  }

  @Test
  void each_step_is_audited_with_the_operator_and_without_a_secret() {
    stage.created("c");
    keys.addKey();
    keys.rotate().join();
    keys.retireFormer();
    keys.rewrap();
    long present = keys.status().present().id();
    assertThat(stage.audit.records("operations"))
        .extracting(record -> record.operation() + " " + record.object().orElseThrow())
        .hasSize(4)
        .startsWith("ROTATE_KEYS add key " + present, "ROTATE_KEYS seal with key " + present)
        .endsWith("ROTATE_KEYS wrap the keys anew");
    List<AuditRecord> theirs = stage.audited(AuditOperation.REENCRYPT);
    assertThat(theirs).hasSize(1);
    assertThat(theirs.get(0).user()).isEqualTo("olga");
    assertThat(theirs.get(0).object()).contains("1 rows with key " + present);
  }

  @Test
  void a_value_that_can_not_be_decrypted_is_told_and_kept_and_the_rest_goes_on() {
    Connection damaged = stage.created("damaged");
    Connection sound = stage.created("sound");
    StoredConnection row = row(damaged);
    StoredConfiguration broken =
        new StoredConfiguration(
            row.configuration().specVersion(),
            flipped(row.configuration().json()),
            row.configuration().keyId());
    stage.store.replace(
        row.toBuilder().configuration(broken).changed(row.updatedAt(), 2, 2).build(), 1);
    keys.addKey();
    RotationReport report = keys.rotate().join();
    assertThat(report.complete()).isFalse();
    assertThat(report.stopped()).isEmpty();
    assertThat(report.reencrypted()).isEqualTo(1);
    assertThat(report.unreadable()).isEqualTo(1);
    RotationReport.Problem problem = report.problems().get(0);
    assertThat(problem.account()).isEqualTo("acme");
    assertThat(problem.connection()).isEqualTo(damaged.id());
    assertThat(problem.failure().code()).isEqualTo(SecretErrorCode.INVALID_ENCRYPTED_VALUE);
    assertThat(row(damaged).configuration()).isEqualTo(broken);
    assertThat(stage.ada.test(sound.id()).passed()).isTrue();
    assertThat(keys.retireFormer().keys()).as("its key stays").hasSize(2);
    stage.ada.delete(damaged.id());
    assertThat(keys.rotate().join().complete()).isTrue();
    assertThat(keys.retireFormer().keys()).hasSize(1);
  }

  /** As earlier versions of the library wrote it: bound to its place, and not to its address. */
  private StoredConfiguration ofVersion1(StoredConnection row) {
    SecretCipher cipher = SecretCipher.open(stage.keys, stage.store.keyset());
    SealedPlace place = new SealedPlace("acme", row.id());
    String json = row.configuration().json();
    for (String field : List.of("authentication.username", "authentication.password")) {
      String name = field.substring(field.indexOf('.') + 1);
      Object value = stage.source.configuration().find(field).orElseThrow();
      String text = value instanceof Secret secret ? secret.use(String::new) : (String) value;
      String former = cipher.seal(place, field, ("t" + text).getBytes(StandardCharsets.UTF_8));
      json =
          json.replaceFirst("\"" + name + "\":\"sealed:2:[^\"]*", "\"" + name + "\":\"" + former);
    }
    assertThat(json).doesNotContain("sealed:2:");
    return new StoredConfiguration(
        row.configuration().specVersion(), json, row.configuration().keyId());
  }

  @Test
  void a_rotation_binds_secrets_of_the_first_form_to_the_address_that_they_are_sent_to() {
    Connection made = stage.created("former");
    StoredConnection row = row(made);
    stage.store.replace(
        row.toBuilder().configuration(ofVersion1(row)).changed(row.updatedAt(), 2, 2).build(), 1);
    assertThat(stage.ada.test(made.id()).passed()).isTrue();
    keys.addKey();
    assertThat(keys.rotate().join().complete()).isTrue();
    assertThat(row(made).configuration().json()).contains("sealed:2:").doesNotContain("sealed:1:");
    assertThat(stage.ada.test(made.id()).passed()).isTrue();
    assertThat(keys.retireFormer().keys()).hasSize(1);
  }

  @Test
  void an_edit_binds_secrets_of_the_first_form_too() {
    Connection made = stage.created("former");
    StoredConnection row = row(made);
    stage.store.replace(
        row.toBuilder().configuration(ofVersion1(row)).changed(row.updatedAt(), 2, 2).build(), 1);
    stage.ada.update(
        made.id(), ConnectionUpdate.of(stage.ada.get(made.id())).set("advanced.schemas", 3));
    assertThat(row(made).configuration().json()).contains("sealed:2:").doesNotContain("sealed:1:");
  }

  @Test
  void a_cancelled_rotation_keeps_what_is_done_and_the_next_one_goes_on() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Stage waiting =
        Stage.set(
            builder ->
                builder.audit(
                    record -> {
                      if (record.operation() == AuditOperation.REENCRYPT) {
                        begun.countDown();
                        await(goOn);
                      }
                    }));
    try (waiting) {
      for (int i = 0; i <= 1000; i++) { // a thousand are stored together
        waiting.created("mine " + i);
      }
      waiting.connections.as(Stage.EVE).create(waiting.draft("theirs"));
      SecretKeys operated = waiting.connections.keys(OPERATOR);
      operated.addKey();
      RotationJob job = operated.rotate();
      begun.await();
      job.cancel();
      goOn.countDown();
      RotationReport report = job.join();
      assertThat(report.stopped()).isPresent();
      assertThat(report.complete()).isFalse();
      assertThat(report.reencrypted()).isEqualTo(1000);
      assertThat(report.status())
          .hasToString("1000 of 1002 on the key " + operated.status().present().id());
      RotationReport second = operated.rotate().join();
      assertThat(second.complete()).isTrue();
      assertThat(second.reencrypted()).isEqualTo(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void without_an_audit_record_no_key_is_changed_and_nothing_is_encrypted_anew() {
    AtomicBoolean refusing = new AtomicBoolean();
    try (Stage guarded =
        Stage.set(
            builder ->
                builder.audit(
                    record -> {
                      if (refusing.get()) {
                        throw new IllegalStateException("full");
                      }
                    }))) {
      Connection made = guarded.created("c");
      SecretKeys operated = guarded.connections.keys(OPERATOR);
      KeyStatus before = operated.addKey();
      StoredConnection row = guarded.store.find("acme", made.id()).orElseThrow();
      refusing.set(true);
      failing(operated::rotate, CoreErrorCode.NOT_AUDITED);
      failing(operated::rewrap, CoreErrorCode.NOT_AUDITED);
      assertThat(operated.status()).isEqualTo(before);
      refusing.set(false);
      assertThat(guarded.store.find("acme", made.id())).contains(row);
      assertThat(operated.rotate().join().complete()).isTrue();
      assertThat(guarded.store.find("acme", made.id()).orElseThrow().configuration())
          .isNotEqualTo(row.configuration());
    }
  }

  @Test
  void a_rotation_that_was_left_unfinished_goes_on_at_the_next_start_and_no_new_key_takes_its_turn()
      throws Exception {
    AtomicBoolean dead = new AtomicBoolean();
    try (Stage first =
        Stage.set(
            builder ->
                builder.audit(
                    record -> {
                      if (dead.get() && record.operation() == AuditOperation.REENCRYPT) {
                        throw new IllegalStateException("the process is gone");
                      }
                    }))) {
      first.created("c");
      SecretKeys operated = first.connections.keys(OPERATOR);
      assertThat(operated.resume()).isEmpty();
      operated.addKey();
      dead.set(true);
      assertThat(operated.rotate().join().complete()).isFalse();
      assertThat(operated.status().onPresent()).isZero();
      operated.addKey();
      try (LogCapture logged = LogCapture.start();
          Connections next =
              Connections.builder()
                  .store(first.store)
                  .keys(first.keys)
                  .audit(stage.audit)
                  .provider(first.source.provider())
                  .pluginLoader(Optional.empty())
                  .resumeRotations(OPERATOR)
                  .build()) {
        SecretKeys resumed = next.keys(OPERATOR);
        while (!resumed.status().rotated()) {
          Thread.sleep(10); // the time limit of the test ends it
        }
        assertThat(resumed.status().keys())
            .extracting(SecretKey::state)
            .containsExactly(State.FORMER, State.PRESENT, State.NEXT);
        assertThat(logged.text()).contains("was left unfinished and goes on");
        assertThat(resumed.resume()).isEmpty();
      }
    }
    assertThat(stage.audited(AuditOperation.REENCRYPT))
        .singleElement()
        .satisfies(record -> assertThat(record.user()).isEqualTo("olga"));
  }

  @Test
  void secrets_are_read_and_written_while_keys_are_rotated_and_retired() throws Exception {
    List<Connection> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      made.add(stage.created("c" + i));
    }
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      CountDownLatch running = new CountDownLatch(3);
      List<Future<Integer>> users = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        int from = t;
        users.add(
            threads.submit(
                () -> {
                  int calls = 0;
                  while (!over.get() || calls < 20) {
                    Connection one = made.get((from + calls) % made.size());
                    Connection read = stage.ada.get(one.id());
                    assertThat(read.problems()).isEmpty();
                    if (from == 0) {
                      stage.ada.update(
                          one.id(),
                          ConnectionUpdate.at(read.version()).description("call " + calls));
                    }
                    calls++;
                    running.countDown();
                  }
                  return calls;
                }));
      }
      running.await();
      for (int i = 0; i < 5; i++) {
        keys.addKey();
        keys.rotate().join();
        keys.retireFormer();
      }
      over.set(true);
      for (Future<Integer> user : users) {
        assertThat(user.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(keys.rotate().join().complete()).isTrue();
    for (Connection connection : made) {
      assertThat(stage.ada.test(connection.id()).passed()).isTrue();
    }
  }

  @Test
  void who_writes_with_a_key_that_another_process_has_retired_seals_again() {
    Connection made = stage.created("c");
    try (Connections elsewhere =
        Connections.builder()
            .store(stage.store)
            .keys(stage.keys)
            .provider(stage.source.provider())
            .pluginLoader(Optional.empty())
            .build()) {
      SecretKeys theirs = elsewhere.keys(OPERATOR);
      theirs.addKey();
      assertThat(theirs.rotate().join().complete()).isTrue();
      assertThat(theirs.retireFormer().keys()).hasSize(1);
      Connection created = stage.created("late");
      assertThat(row(created).configuration().keyId())
          .isEqualTo(OptionalLong.of(theirs.status().present().id()));
      assertThat(stage.ada.test(made.id()).passed()).isTrue();
      assertThat(stage.ada.test(created.id()).passed()).isTrue();
    }
  }

  @Test
  void a_closed_door_rotates_nothing() {
    stage.close();
    failing(keys::status, CoreErrorCode.CLOSED);
    failing(keys::addKey, CoreErrorCode.CLOSED);
    failing(keys::rotate, CoreErrorCode.CLOSED);
    failing(keys::retireFormer, CoreErrorCode.CLOSED);
    failing(keys::rewrap, CoreErrorCode.CLOSED);
  }

  @Test
  void no_secret_and_no_key_is_in_what_a_rotation_says() {
    try (LogCapture logs = LogCapture.start()) {
      Connection made = stage.created("c");
      KeyStatus added = keys.addKey();
      RotationReport report = keys.rotate().join();
      String said = logs.text() + added + report + keys.rewrap() + stage.audit.records("acme");
      stage.source.password().assertAbsentFrom("a rotation", said);
      assertThat(stage.ada.get(made.id()).problems()).isEmpty();
    }
    assertThat(stage.connections.as(ROOT).list(ConnectionFilter.all(), ListRequest.first()).items())
        .allSatisfy(one -> assertThat(one.ownership().owner()).isEqualTo(ADA.user()));
  }
}
