package dev.connections.core.secrets;

import static dev.connections.core.secrets.KeySourceTest.failing;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.secrets.KmsException.Reason;
import dev.connections.testkit.Canary;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class KmsKeyTest {
  private static final byte[] KEYSET = "what is wrapped".getBytes(UTF_8);
  private static final byte[] CONTEXT = "where".getBytes(UTF_8);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Service service = new Service();
  private final KeySource source = KeySource.fromKms(service, "store-key");

  /** A service with keys that never leave it. */
  private static final class Service implements KmsClient {
    final Map<String, KeySource> keys = new HashMap<>(Map.of("store-key", KeySource.ephemeral()));
    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch slow = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    boolean hangs;
    Exception fails = new Exception();

    private KeySource called(String key) throws KmsException {
      calls.incrementAndGet();
      if (fails instanceof KmsException reason) {
        throw reason;
      }
      if (fails instanceof RuntimeException foreign) {
        throw foreign;
      }
      if (hangs) {
        hang();
      }
      if (!keys.containsKey(key)) {
        throw new KmsException(Reason.NO_SUCH_KEY);
      }
      return keys.get(key);
    }

    private void hang() {
      try {
        slow.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    }

    @Override
    public byte[] encrypt(String key, byte[] plaintext, byte[] context) throws KmsException {
      return called(key).wrap(plaintext, context);
    }

    @Override
    public byte[] decrypt(String key, byte[] ciphertext, byte[] context) throws KmsException {
      try {
        return called(key).unwrap(ciphertext, context);
      } catch (ConnectionException refused) {
        throw new KmsException(Reason.REFUSED, refused);
      }
    }
  }

  private static ErrorCode code(Runnable call) {
    return failing(call).code();
  }

  @Test
  void what_the_service_wrapped_it_unwraps_and_nothing_else() {
    byte[] wrapped = source.wrap(KEYSET, CONTEXT);
    assertThat(service.calls).as("once to wrap, once to see that it unwraps").hasValue(2);
    assertThat(source.unwrap(wrapped, CONTEXT)).isEqualTo(KEYSET);
    wrapped[5] ^= 1;
    assertThat(code(() -> source.unwrap(wrapped, CONTEXT))).isEqualTo(SecretErrorCode.KEY_REFUSED);
    assertThat(code(() -> source.unwrap(source.wrap(KEYSET, CONTEXT), "else".getBytes(UTF_8))))
        .isEqualTo(SecretErrorCode.KEY_REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void each_reason_has_its_code_and_what_to_do(Reason reason) {
    Canary canary = Canary.create("what the service's library said");
    service.fails = new KmsException(reason, new IOException(canary.value()));
    ErrorCode expected =
        switch (reason) {
          case UNAVAILABLE -> SecretErrorCode.KMS_UNAVAILABLE;
          case DENIED -> SecretErrorCode.KMS_DENIED;
          case NO_SUCH_KEY -> SecretErrorCode.KEY_MISSING;
          case REFUSED -> SecretErrorCode.KEY_REFUSED;
        };
    for (Runnable call :
        new Runnable[] {() -> source.wrap(KEYSET, CONTEXT), () -> source.unwrap(KEYSET, CONTEXT)}) {
      ConnectionException failure = failing(call);
      assertThat(failure.code()).isEqualTo(expected);
      canary.assertAbsentFrom("the failure", failure.failure().toString() + failure.getMessage());
    }
  }

  @Test
  void a_service_that_does_not_answer_is_given_up_and_interrupted() throws Exception {
    service.hangs = true;
    KeySource hurried = KeySource.fromKms(service, "store-key", Duration.ofMillis(30));
    ConnectionException late = failing(() -> hurried.wrap(KEYSET, CONTEXT));
    assertThat(late.code()).isEqualTo(SecretErrorCode.KMS_TIMEOUT);
    assertThat(late.failure().message()).contains("30 ms");
    assertThat(service.interrupted.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void an_interrupted_wait_for_the_service_is_cancelled() {
    service.hangs = true;
    KeySource patient = KeySource.fromKms(service, "store-key", PATIENCE);
    Thread.currentThread().interrupt();
    ConnectionException cancelled =
        catchThrowableOfType(ConnectionException.class, () -> patient.wrap(KEYSET, CONTEXT));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(cancelled.code()).isEqualTo(StandardErrorCode.CANCELLED);
  }

  @Test
  void an_exception_that_the_host_did_not_foresee_is_internal_and_its_text_is_not_shown() {
    service.fails = new IllegalStateException("token=hunter2");
    ConnectionException failure =
        catchThrowableOfType(ConnectionException.class, () -> source.wrap(KEYSET, CONTEXT));
    assertThat(failure.code()).isEqualTo(StandardErrorCode.INTERNAL);
    assertThat(failure.failure().toString() + failure.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void a_service_that_gives_back_something_else_is_told_before_anything_is_stored() {
    KmsClient odd =
        new KmsClient() {
          @Override
          public byte[] encrypt(String key, byte[] plaintext, byte[] context) {
            return Arrays.copyOf(plaintext, 3);
          }

          @Override
          public byte[] decrypt(String key, byte[] ciphertext, byte[] context) {
            return ciphertext.clone();
          }
        };
    assertThat(code(() -> KeySource.fromKms(odd, "k").wrap(KEYSET, CONTEXT)))
        .isEqualTo(SecretErrorCode.KEY_REFUSED);
  }

  @Test
  void a_key_has_a_name_and_a_call_some_time() {
    assertThatIllegalArgumentException().isThrownBy(() -> KeySource.fromKms(service, " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeySource.fromKms(service, "k", Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeySource.fromKms(service, "k", Duration.ofSeconds(-1)));
    assertThat(source).hasToString("KeySource[key service, key store-key]");
    assertThat(new KmsException(Reason.DENIED).reason()).isEqualTo(Reason.DENIED);
  }
}
