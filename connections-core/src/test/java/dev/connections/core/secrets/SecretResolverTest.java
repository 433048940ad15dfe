package dev.connections.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connections.api.ConnectionException;
import dev.connections.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretResolverTest {
  @TempDir Path directory;
  private Path allowed;
  private SecretResolver files;

  @BeforeEach
  void make() throws IOException {
    allowed = Files.createDirectories(directory.resolve("secrets/crm"));
    Files.writeString(allowed.resolve("password"), "hunter2\n");
    Files.writeString(directory.resolve("outside"), "not yours");
    files = SecretResolver.files(allowed);
  }

  private static SecretReference reference(String scheme, String name) {
    return new SecretReference("acme", "authentication.password", scheme, name);
  }

  private static ConnectionException failing(
      SecretResolver resolver, String name, SecretErrorCode code) {
    ConnectionException failure =
        KeySourceTest.failing(() -> resolver.resolve(reference(resolver.scheme(), name)));
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure.failure().fields()).containsExactly("authentication.password");
    assertThat(failure.failure() + failure.getMessage()).doesNotContain("hunter2", "not yours");
    return failure;
  }

  private Secret read(String name) {
    return files.resolve(reference("file", name));
  }

  @Test
  void a_variable_that_is_allowed_is_read_and_no_other() {
    SecretResolver environment =
        new EnvironmentSecrets(
            Set.of("CRM_PASSWORD", "SHOP_*", "ABSENT", "EMPTY"),
            Map.of("CRM_PASSWORD", "hunter2", "SHOP_A", "a", "EMPTY", "", "HOME", "/root")::get);
    assertThat(environment.resolve(reference("env", "CRM_PASSWORD")))
        .isEqualTo(Secret.of("hunter2"));
    assertThat(environment.resolve(reference("env", "SHOP_A"))).isEqualTo(Secret.of("a"));
    for (String other : List.of("HOME", "CRM_PASSWORD2", "crm_password", "", "SHOP", "*")) {
      failing(environment, other, SecretErrorCode.REFERENCE_REFUSED);
    }
    for (String nothing : List.of("ABSENT", "EMPTY", "SHOP_B")) {
      failing(environment, nothing, SecretErrorCode.REFERENCE_MISSING);
    }
    assertThat(SecretResolver.environment("NO_SUCH_VARIABLE_HERE").scheme()).isEqualTo("env");
    failing(
        SecretResolver.environment("NO_SUCH_VARIABLE_HERE"),
        "NO_SUCH_VARIABLE_HERE",
        SecretErrorCode.REFERENCE_MISSING);
  }

  @Test
  void all_variables_at_once_are_never_allowed() {
    assertThatIllegalArgumentException().isThrownBy(SecretResolver::environment);
    assertThatIllegalArgumentException().isThrownBy(() -> SecretResolver.environment("*"));
    assertThatIllegalArgumentException().isThrownBy(() -> SecretResolver.environment(" "));
  }

  @Test
  void a_file_within_the_directory_is_read_without_the_line_break_at_its_end() throws IOException {
    Files.createDirectory(allowed.resolve("deep"));
    Files.writeString(allowed.resolve("deep/windows"), "pässwörd\r\n");
    Files.writeString(allowed.resolve("lines"), "a\nb");
    assertThat(read("password")).isEqualTo(Secret.of("hunter2"));
    assertThat(read(allowed.resolve("password").toString())).isEqualTo(Secret.of("hunter2"));
    assertThat(read("deep/windows")).isEqualTo(Secret.of("pässwörd"));
    assertThat(read("deep/../password")).isEqualTo(Secret.of("hunter2"));
    assertThat(read("lines")).isEqualTo(Secret.of("a\nb"));
  }

  @Test
  void a_path_that_leads_out_of_the_directory_is_refused_whether_there_is_a_file_or_not() {
    for (String out :
        List.of(
            "../../outside",
            "../../nothing",
            "/etc/passwd",
            directory.resolve("outside").toString(),
            allowed + "/../../outside",
            "",
            ".",
            "..",
            "a\0b")) {
      failing(files, out, SecretErrorCode.REFERENCE_REFUSED);
    }
  }

  @Test
  void a_link_that_leads_out_is_refused_and_one_that_stays_is_followed() throws IOException {
    Files.createSymbolicLink(allowed.resolve("out"), directory.resolve("outside"));
    Files.createSymbolicLink(allowed.resolve("up"), directory);
    Files.createSymbolicLink(allowed.resolve("same"), allowed.resolve("password"));
    failing(files, "out", SecretErrorCode.REFERENCE_REFUSED);
    failing(files, "up/outside", SecretErrorCode.REFERENCE_REFUSED);
    assertThat(read("same")).isEqualTo(Secret.of("hunter2"));
    Path linked = Files.createSymbolicLink(directory.resolve("linked"), allowed);
    assertThat(SecretResolver.files(linked).resolve(reference("file", "password")))
        .as("the host's own link")
        .isEqualTo(Secret.of("hunter2"));
  }

  @Test
  void what_is_no_secret_is_told() throws IOException {
    Files.writeString(allowed.resolve("empty"), "");
    Files.writeString(allowed.resolve("blank"), "\r\n");
    Files.write(allowed.resolve("large"), new byte[64 * 1024 + 1]);
    Files.write(allowed.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    Files.createDirectory(allowed.resolve("directory"));
    failing(files, "nothing", SecretErrorCode.REFERENCE_MISSING);
    failing(files, "empty", SecretErrorCode.REFERENCE_MISSING);
    failing(files, "blank", SecretErrorCode.REFERENCE_MISSING);
    failing(files, "large", SecretErrorCode.REFERENCE_UNREADABLE);
    failing(files, "binary", SecretErrorCode.REFERENCE_UNREADABLE);
    failing(files, "directory", SecretErrorCode.REFERENCE_UNREADABLE);
    failing(files, "password/below", SecretErrorCode.REFERENCE_UNREADABLE);
  }

  @Test
  void several_directories_are_read_and_a_root_or_none_is_not_allowed() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("key"), "k");
    SecretResolver both = SecretResolver.files(other, allowed);
    assertThat(both.resolve(reference("file", allowed.resolve("password").toString())))
        .isEqualTo(Secret.of("hunter2"));
    assertThat(both.resolve(reference("file", "key"))).isEqualTo(Secret.of("k"));
    assertThatIllegalArgumentException().isThrownBy(SecretResolver::files);
    assertThatIllegalArgumentException().isThrownBy(() -> SecretResolver.files(Path.of("/x/..")));
  }

  @Test
  void a_resolver_may_be_restricted_to_an_account() {
    SecretResolver theirs = files.onlyFor(reference -> reference.account().equals("other"));
    failing(theirs, "password", SecretErrorCode.REFERENCE_REFUSED);
    SecretResolver ours = files.onlyFor(reference -> reference.account().equals("acme"));
    assertThat(ours.resolve(reference("file", "password"))).isEqualTo(Secret.of("hunter2"));
  }

  @Test
  void a_reference_is_shown_short_and_plain() {
    assertThat(reference("env", "A\nB" + "x".repeat(500)).shown())
        .startsWith("env:A")
        .doesNotContain("\n")
        .hasSizeLessThan(120);
    assertThat(reference("env", "A").late().code()).isEqualTo(SecretErrorCode.REFERENCE_TIMEOUT);
  }
}
