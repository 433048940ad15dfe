package dev.connections.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An authority of its own that signs certificates for tests of encrypted channels, made with the
 * JDK's keytool. Each key and each signature costs a process or two, so a test class makes them
 * once.
 *
 * <p>Safe for one thread.
 */
public final class TestAuthority {
  private static final String STORE_PASSWORD = "changeit";

  private final Path directory;
  private final Path store;
  private final String pem;

  /**
   * A certificate with its key.
   *
   * @param certificate in PEM
   * @param key unencrypted PKCS #8, in PEM
   */
  public record Identity(String certificate, String key) {}

  /**
   * Makes an authority.
   *
   * @param directory where its files are kept, such as a temporary directory
   * @param name its common name, and the name of its files
   * @throws IllegalStateException if keytool fails
   */
  public TestAuthority(Path directory, String name) {
    this.directory = directory;
    this.store = directory.resolve(name + ".p12");
    generate(store, name, "EC", "-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign,cRLSign");
    Path file = directory.resolve(name + ".pem");
    keytool(store, "-exportcert", "-rfc", "-file", file.toString());
    this.pem = text(file);
  }

  /** {@return the authority's own certificate, in PEM} */
  public String pem() {
    return pem;
  }

  /**
   * {@return a new key and a certificate for it}
   *
   * @param commonName whom it is for
   * @param algorithm of the key, for example {@code RSA} or {@code EC}
   * @param options what keytool's {@code -gencert} takes further, such as names and dates
   * @throws IllegalStateException if keytool fails
   */
  public Identity signs(String commonName, String algorithm, String... options) {
    try {
      Path folder = Files.createTempDirectory(directory, "identity");
      Path own = folder.resolve("own.p12");
      Path request = folder.resolve("request");
      Path signed = folder.resolve("signed.pem");
      generate(own, commonName, algorithm);
      keytool(own, "-certreq", "-file", request.toString());
      List<String> signing = new ArrayList<>(List.of("-gencert", "-rfc"));
      signing.addAll(List.of("-infile", request.toString(), "-outfile", signed.toString()));
      signing.addAll(Arrays.asList(options));
      keytool(store, signing.toArray(String[]::new));
      return new Identity(text(signed), key(own));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(Path store) throws IOException, GeneralSecurityException {
    Key key =
        KeyStore.getInstance(store.toFile(), STORE_PASSWORD.toCharArray())
            .getKey("own", STORE_PASSWORD.toCharArray());
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private void generate(Path store, String commonName, String algorithm, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", algorithm));
    arguments.addAll(List.of("-dname", "CN=" + commonName, "-validity", "30"));
    arguments.addAll(Arrays.asList(options));
    keytool(store, arguments.toArray(String[]::new));
  }

  private void keytool(Path store, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    // It lives for a moment: most of its time went into compiling itself.
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(Arrays.asList(arguments));
    command.addAll(List.of("-alias", "own", "-keystore", store.toString()));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
    try {
      Path said = Files.createTempFile(directory, "keytool", ".txt");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool doesn't end");
      }
      if (process.exitValue() != 0) {
        throw new IllegalStateException(text(said));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
