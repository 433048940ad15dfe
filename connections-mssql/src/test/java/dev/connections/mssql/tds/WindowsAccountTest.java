package dev.connections.mssql.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TestResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A Windows account signs in by NTLM: the driver proves to know the password, and never sends it.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsAccountTest {
  private final List<byte[]> first = new CopyOnWriteArrayList<>();
  private final Ntlm domain = new Ntlm("CORP", Driver.USER, Driver.PASSWORD);

  private TestResult tested(String password) {
    Logins logins =
        request -> {
          assertThat(request.integrated()).isTrue();
          assertThat(request.hasPassword("")).isTrue();
          first.add(request.firstToken());
          return domain.answer(request);
        };
    try (TdsServer server = TdsServer.builder().logins(logins).start()) {
      ConfigurationValues values =
          OpenedAdapter.plain(server)
              .with("authentication.type", "windows_auth")
              .with("authentication.scheme", "ntlm")
              .with("authentication.domain", "CORP")
              .with("authentication.password", Secret.of(password));
      try (OpenedAdapter opened = OpenedAdapter.of(values)) {
        TestResult result = opened.tested();
        assertThat(server.logins()).isEqualTo(1);
        assertThat(server.faults()).isEmpty();
        return result;
      }
    }
  }

  @Test
  void who_knows_the_password_is_let_in() {
    TestResult result = tested(Driver.PASSWORD);

    assertThat(result.step("authenticate").orElseThrow().status())
        .isEqualTo(TestResult.Status.PASSED);
    assertThat(first)
        .singleElement()
        .satisfies(
            token ->
                assertThat(new String(token, StandardCharsets.ISO_8859_1)).startsWith("NTLMSSP"));
  }

  @Test
  void a_wrong_password_is_told_once() {
    TestResult result = tested("another");

    assertThat(result.firstFailure().orElseThrow().code())
        .isEqualTo(StandardErrorCode.WRONG_CREDENTIALS);
    assertThat(result.firstFailure().orElseThrow().fields())
        .containsExactly("authentication.username", "authentication.password");
  }

  /** What is compared with must be right itself: the examples of RFC 1320. */
  @Test
  void the_digest_is_that_of_its_standard() {
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(Md4.of(new byte[0]))).isEqualTo("31d6cfe0d16ae931b73c59d7e0c089c0");
    assertThat(hex.formatHex(Md4.of("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("a448017aaf21d8525fc10ae87aa6729d");
    assertThat(hex.formatHex(Md4.of("1234567890".repeat(8).getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("e33b4ddc9c38f2199c3e7b164fcc0536");
  }
}
