package dev.connections.core;

import static dev.connections.core.Stage.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.secrets.SecretErrorCode;
import dev.connections.core.secrets.SecretReference;
import dev.connections.core.secrets.SecretResolver;
import dev.connections.testkit.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReferringToSecretsTest {
  private static final String FIELD = "authentication.password";

  private final List<SecretReference> asked = new ArrayList<>();
  private final Vault vault = new Vault();
  private final Stage stage = Stage.set(builder -> builder.secrets(vault));

  /** A scheme of the host's own. */
  private final class Vault implements SecretResolver {
    Function<SecretReference, Secret> answer = reference -> stage.source.password().secret();

    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public Secret resolve(SecretReference reference) {
      asked.add(reference);
      return answer.apply(reference);
    }
  }

  @AfterEach
  void end() {
    stage.close();
  }

  private Connection referring(String name, String password) {
    return stage.ada.create(stage.draft(name).set(FIELD, Secret.of(password)));
  }

  private static void assertRefused(TestResult result, SecretErrorCode code) {
    assertThat(result.passed()).isFalse();
    assertThat(result.step("validate").orElseThrow().failure().orElseThrow())
        .satisfies(
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure.fields()).containsExactly(FIELD);
              assertThat(failure.remedy()).isPresent();
            });
  }

  @Test
  void a_reference_is_followed_when_an_adapter_is_opened_and_its_secret_is_never_stored() {
    try (LogCapture logs = LogCapture.start()) {
      Connection made = referring("Shop", "${vault:crm/password}");
      assertThat(asked).isEmpty();
      assertThat(stage.ada.test(made.id()).passed()).isTrue();
      assertThat(asked)
          .containsExactly(new SecretReference("acme", FIELD, "vault", "crm/password"));
      assertThat(stage.ada.test(made.id()).passed()).isTrue();
      assertThat(asked).as("the adapter is open already").hasSize(1);
      String stored = stage.store.find("acme", made.id()).orElseThrow().configuration().json();
      stage
          .source
          .password()
          .assertAbsentFrom(
              "what is stored and said",
              stored + logs.text() + stage.audit.records("acme") + stage.ada.get(made.id()));
      assertThat(stage.ada.get(made.id()).configuration().find(FIELD)).contains(Secret.MASK);
    }
  }

  @Test
  void a_draft_may_refer_too() {
    assertThat(stage.ada.test(stage.draft("x").set(FIELD, Secret.of("${vault:p}"))).passed())
        .isTrue();
    assertThat(asked).hasSize(1);
  }

  @Test
  void each_reference_is_audited_before_it_is_followed() {
    Connection made = referring("Shop", "${vault:crm/password}");
    stage.ada.test(made.id());
    List<AuditRecord> records = stage.audited(AuditOperation.RESOLVE_REFERENCE);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).object()).contains("vault:crm/password");
    assertThat(records.get(0).fields()).containsExactly(FIELD);
    assertThat(records.get(0).connection()).contains(made.id());
  }

  @Test
  void without_an_audit_record_no_reference_is_followed() {
    AtomicBoolean full = new AtomicBoolean();
    List<SecretReference> followed = new ArrayList<>();
    SecretResolver counting =
        new SecretResolver() {
          @Override
          public String scheme() {
            return "vault";
          }

          @Override
          public Secret resolve(SecretReference reference) {
            followed.add(reference);
            return Secret.of("x");
          }
        };
    try (Stage guarded =
        Stage.set(
            builder ->
                builder
                    .secrets(counting)
                    .audit(
                        record -> {
                          if (record.operation() == AuditOperation.RESOLVE_REFERENCE
                              && full.get()) {
                            throw new IllegalStateException("full");
                          }
                        }))) {
      Connection made = guarded.ada.create(guarded.draft("x").set(FIELD, Secret.of("${vault:p}")));
      full.set(true);
      failing(() -> guarded.ada.test(made.id()), CoreErrorCode.NOT_AUDITED);
      assertThat(followed).isEmpty();
    }
  }

  @Test
  void without_a_resolver_no_reference_is_followed_and_none_is_sent_as_it_is() {
    try (Stage bare = Stage.set()) {
      for (String reference : List.of("${env:PATH}", "${file:/etc/passwd}", "${vault:x}")) {
        Connection made = bare.ada.create(bare.draft(reference).set(FIELD, Secret.of(reference)));
        assertRefused(bare.ada.test(made.id()), SecretErrorCode.REFERENCE_REFUSED);
      }
    }
  }

  @Test
  void what_only_looks_like_a_reference_is_a_password() {
    for (String password : List.of("$", "${", "${}", "${vault}", "a${vault:x}", "${VAULT:x}")) {
      Connection made = referring(password, password);
      stage.ada.test(made.id());
      assertThat(asked).as(password).isEmpty();
    }
  }

  @Test
  void two_signs_stand_for_one_that_begins_no_reference() {
    Connection made = referring("escaped", "$${vault:x}");
    stage.ada.test(made.id());
    assertThat(asked).isEmpty();
  }

  @Test
  void a_resolver_that_refuses_finds_nothing_or_breaks_is_told_and_its_text_is_not() {
    Connection made = referring("Shop", "${vault:p}");
    vault.answer =
        reference -> {
          throw reference.missing();
        };
    assertRefused(stage.ada.test(made.id()), SecretErrorCode.REFERENCE_MISSING);
    vault.answer = reference -> Secret.of("");
    assertRefused(stage.ada.test(made.id()), SecretErrorCode.REFERENCE_MISSING);
    vault.answer =
        reference -> {
          throw new IllegalStateException("token=hunter2");
        };
    assertThat(failing(() -> stage.ada.test(made.id()), StandardErrorCode.INTERNAL))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void there_is_one_resolver_for_each_scheme() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connections.builder().secrets(vault).secrets(vault));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Connections.builder()
                    .secrets(
                        new SecretResolver() {
                          @Override
                          public String scheme() {
                            return "No Scheme";
                          }

                          @Override
                          public Secret resolve(SecretReference reference) {
                            throw reference.refused();
                          }
                        }));
  }
}
