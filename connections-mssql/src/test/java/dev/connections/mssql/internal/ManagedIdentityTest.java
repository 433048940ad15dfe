package dev.connections.mssql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.jdbc.TlsMaterial;
import dev.connections.mssql.tds.Certificates;
import dev.connections.mssql.tds.Encryption;
import dev.connections.mssql.tds.ScriptedIdentity;
import dev.connections.mssql.tds.ServerError;
import dev.connections.mssql.tds.TdsServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The identity of the machine: the driver and its optional library fetch a token for it. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManagedIdentityTest {
  private static final String STORE_PASSWORD = "changeit";

  private final ScriptedIdentity identities = new ScriptedIdentity();
  private final TdsServer server =
      TdsServer.builder()
          .encrypting(Encryption.REQUIRED, Certificates.LOCALHOST)
          .logins(identities.logins())
          .start();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    server.close();
    identities.close();
  }

  private static String classPath(Predicate<String> kept) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(kept)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What Java trusts in an application. */
  private Path trusted() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority", TlsMaterial.certificates(Certificates.authorityPem()).get(0));
    Path file = folder.resolve("trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD.toCharArray());
    }
    return file;
  }

  /** What an application says of each identity. */
  private List<String> told(
      Map<String, String> environment, Predicate<String> library, String... which)
      throws Exception {
    Path trusted = trusted();
    Path said = folder.resolve("said.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djavax.net.ssl.trustStore=" + trusted);
    command.add("-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD);
    command.addAll(List.of("-cp", classPath(library), ManagedIdentityHost.class.getName()));
    command.add(Integer.toString(server.port()));
    command.addAll(List.of(which));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readAllLines(said, StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith(ManagedIdentityHost.MARK))
        .map(line -> line.substring(ManagedIdentityHost.MARK.length()))
        .toList();
  }

  @Test
  void the_machine_signs_in_by_its_token_and_each_failure_has_a_sentence_of_its_own()
      throws Exception {
    List<String> told =
        told(
            identities.environment(),
            entry -> true,
            ScriptedIdentity.KNOWN,
            ScriptedIdentity.UNKNOWN,
            ManagedIdentityHost.OWN,
            ScriptedIdentity.SILENT);

    assertThat(told).hasSize(4);
    assertThat(told.get(0)).isEqualTo(ManagedIdentityHost.SIGNED_IN);
    assertThat(told.get(1))
        .startsWith(
            "WRONG_CREDENTIALS | This machine has no managed identity with this client id, or may"
                + " not use it. | authentication.username | ");
    assertThat(told.get(2))
        .startsWith(
            "WRONG_CREDENTIALS | This machine has no managed identity of its own, or may not use"
                + " it. | authentication.mode authentication.username | ");
    assertThat(told.get(3))
        .startsWith(
            "CONNECT_TIMEOUT | The service that gives tokens to this machine doesn't answer in"
                + " time. | authentication.mode authentication.username | ");
    assertThat(told.toString()).doesNotContain(ServerError.MARK);
    assertThat(identities.resources()).containsOnly("https://database.windows.net/");
    assertThat(server.faults()).isEmpty();
  }

  @Test
  void without_its_library_the_way_is_refused_before_anybody_is_asked() throws Exception {
    List<String> told =
        told(
            identities.environment(),
            entry -> !entry.contains("azure-identity"),
            ManagedIdentityHost.OWN);

    assertThat(told.get(0))
        .startsWith(
            "UNSUPPORTED | This way of signing in needs com.azure:azure-identity, which the"
                + " application doesn't have. | authentication.type authentication.mode | Add it");
    assertThat(identities.resources()).isEmpty();
    assertThat(server.logins()).isZero();
  }
}
