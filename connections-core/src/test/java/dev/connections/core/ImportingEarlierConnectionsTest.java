package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Secret;
import dev.connections.core.EarlierImportReport.Outcome;
import dev.connections.core.EarlierImportReport.Row;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.secrets.EarlierSecrets;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.store.StoredConnection;
import dev.connections.testkit.LogCapture;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportingEarlierConnectionsTest {
  private static final byte[] KEY = new byte[32];

  private final Stage stage = Stage.set();
  private final EarlierSecrets secrets = EarlierSecrets.withoutKeys().withKey(KEY);

  @AfterEach
  void end() {
    stage.close();
  }

  private static String encrypted(String text) {
    try {
      byte[] nonce = new byte[16];
      nonce[3] = (byte) text.length();
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new GCMParameterSpec(128, nonce));
      byte[] whole = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      HexFormat hex = HexFormat.of();
      return "encrypted:%s:%s:%s"
          .formatted(
              hex.formatHex(nonce),
              hex.formatHex(whole, 0, whole.length - 16),
              hex.formatHex(whole, whole.length - 16, whole.length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private EarlierConnection earlier(String name, String password) {
    return new EarlierConnection(
        "synthetic",
        name,
        Optional.of("from before"),
        "{\"host\":\"%s\",\"port\":%d,\"authentication\":{\"type\":\"basic\",\"username\":\"%s\",\"password\":\"%s\"}}"
            .formatted(
                stage.source.host(),
                stage.source.port(),
                encrypted(stage.source.username()),
                password));
  }

  private EarlierConnection sound(String name) {
    return earlier(name, encrypted(stage.source.password().value()));
  }

  private StoredConnection stored(Row row) {
    return stage.store.find("acme", row.id().orElseThrow()).orElseThrow();
  }

  @Test
  void a_dry_run_counts_and_stores_nothing() {
    List<EarlierConnection> all =
        List.of(sound("a"), sound("b"), earlier("c", "encrypted:00:11:22"));
    EarlierImportReport preview = stage.ada.earlier().preview(all, secrets);
    assertThat(preview.dryRun()).isTrue();
    assertThat(preview.count(Outcome.IMPORTED)).isEqualTo(2);
    assertThat(preview.count(Outcome.INCOMPLETE)).isEqualTo(1);
    assertThat(preview.secrets()).isEqualTo(5);
    assertThat(preview.invalid()).isEqualTo(1);
    assertThat(stage.ada.count(ConnectionFilter.all())).isZero();
    assertThat(stage.audited(AuditOperation.CREATE)).isEmpty();
  }

  @Test
  void what_is_imported_works_and_lies_in_the_present_form() {
    Row row = stage.ada.earlier().take(List.of(sound("a")), secrets).rows().get(0);
    assertThat(row.problems()).isEmpty();
    assertThat(row.outcome()).isEqualTo(Outcome.IMPORTED);
    assertThat(row.secrets()).isEqualTo(2);
    StoredConnection stored = stored(row);
    assertThat(stored.configuration().keyId()).isPresent();
    assertThat(stored.configuration().json()).contains("sealed:2:").doesNotContain("encrypted:");
    Connection connection = stage.ada.get(stored.id());
    assertThat(connection.configuration().find("authentication.username"))
        .contains(stage.source.username());
    assertThat(connection.configuration().find("authentication.password")).contains(Secret.MASK);
    assertThat(connection.description()).contains("from before");
    assertThat(stage.ada.test(stored.id()).passed()).isTrue();
    assertThat(stage.audited(AuditOperation.CREATE)).hasSize(1);
  }

  @Test
  void a_malformed_value_is_told_by_its_field_and_the_rest_goes_on() {
    EarlierImportReport report =
        stage
            .ada
            .earlier()
            .take(List.of(earlier("bad", "encrypted:00:11:22"), sound("good")), secrets);
    Row bad = report.rows().get(0);
    assertThat(bad.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(bad.problems())
        .hasSize(1)
        .allSatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo("authentication.password");
              assertThat(problem.message()).isEqualTo("Invalid encrypted value");
              assertThat(problem.code()).isEqualTo(SecretErrorCode.INVALID_ENCRYPTED_VALUE);
            });
    assertThat(stored(bad).configuration().json()).doesNotContain("encrypted:");
    assertThat(report.rows().get(1).outcome()).isEqualTo(Outcome.IMPORTED);
    Connection entered =
        stage.ada.update(
            stored(bad).id(),
            ConnectionUpdate.at(1)
                .set("authentication.password", stage.source.password().secret()));
    assertThat(stage.ada.test(entered.id()).passed()).isTrue();
  }

  @Test
  void a_second_run_leaves_what_is_there_alone() {
    List<EarlierConnection> all = List.of(sound("a"), sound("a"), sound("b"));
    assertThat(stage.ada.earlier().take(all, secrets).rows())
        .extracting(Row::outcome)
        .containsExactly(Outcome.IMPORTED, Outcome.THERE_ALREADY, Outcome.IMPORTED);
    assertThat(stage.ada.earlier().preview(all, secrets).count(Outcome.THERE_ALREADY)).isEqualTo(3);
    assertThat(stage.ada.earlier().take(all, secrets).count(Outcome.THERE_ALREADY)).isEqualTo(3);
    assertThat(stage.ada.count(ConnectionFilter.all())).isEqualTo(2);
  }

  @Test
  void a_name_that_somebody_else_has_taken_is_there_already() {
    stage.connections.as(Stage.BOB).create(stage.draft("a"));
    Row row = stage.ada.earlier().take(List.of(sound("a")), secrets).rows().get(0);
    assertThat(row.outcome()).isEqualTo(Outcome.THERE_ALREADY);
    assertThat(row.id()).isEmpty();
  }

  @Test
  void what_is_no_configuration_or_has_no_name_fails_alone() {
    EarlierImportReport report =
        stage
            .ada
            .earlier()
            .take(
                List.of(
                    new EarlierConnection("synthetic", "text", Optional.empty(), "not json"),
                    new EarlierConnection("synthetic", " ", Optional.empty(), "{}"),
                    sound("good")),
                secrets);
    assertThat(report.rows())
        .extracting(Row::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.IMPORTED);
    assertThat(report.rows().get(0).problems()).hasSize(1);
  }

  @Test
  void a_type_without_a_plugin_is_taken_over_with_its_secrets_sealed() {
    EarlierConnection oracle =
        new EarlierConnection(
            "ORACLE",
            "old",
            Optional.empty(),
            "{\"server\":\"s\",\"keys\":[\"%s\",\"plain\"],\"password\":\"%s\"}"
                .formatted(encrypted("k1"), encrypted("hunter2")));
    Row row = stage.ada.earlier().take(List.of(oracle), secrets).rows().get(0);
    assertThat(row.outcome()).isEqualTo(Outcome.IMPORTED);
    assertThat(row.secrets()).isEqualTo(2);
    assertThat(stored(row).configuration().json())
        .contains("\"server\":\"s\"", "\"password\":\"sealed:2:", "\"keys\":\"sealed:2:")
        .doesNotContain("hunter2", "encrypted:");
    assertThat(stage.ada.get(stored(row).id()).type()).isEqualTo("ORACLE");
  }

  @Test
  void no_secret_is_in_what_an_import_says() {
    try (LogCapture logs = LogCapture.start()) {
      EarlierImportReport report =
          stage.ada.earlier().take(List.of(sound("a"), earlier("b", "encrypted:x")), secrets);
      stage
          .source
          .password()
          .assertAbsentFrom(
              "an import",
              report + logs.text() + stage.audit.records("acme") + sound("a") + secrets);
    }
  }
}
