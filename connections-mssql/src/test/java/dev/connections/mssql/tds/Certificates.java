package dev.connections.mssql.tds;

import dev.connections.jdbc.TlsMaterial;
import dev.connections.testkit.TestAuthority;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What endpoints encrypt with. Made once, when it is first asked for: it takes seconds. */
public final class Certificates {
  private static final TestAuthority AUTHORITY = authority();

  /** For localhost, and for servers of Azure. */
  public static final SSLContext LOCALHOST = signed("SAN=dns:localhost,dns:*.database.windows.net");

  /** For another host. */
  public static final SSLContext ELSEWHERE = signed("SAN=dns:sql.example.com");

  /** For whom asks Microsoft Entra for a token. */
  public static final SSLContext ENTRA = signed("SAN=dns:login.microsoftonline.com");

  /** For localhost, until some days ago. */
  public static final SSLContext EXPIRED =
      signed("SAN=dns:localhost", "-startdate", "-10d", "-validity", "5");

  private Certificates() {}

  /** Whom to trust. {@return its certificate, in PEM} */
  public static String authorityPem() {
    return AUTHORITY.pem();
  }

  /** A client's, of the same authority. */
  static TestAuthority.Identity client(String name) {
    return AUTHORITY.signs(name, "EC");
  }

  private static TestAuthority authority() {
    try {
      Path directory = Files.createTempDirectory("certificates");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory.toFile())));
      return new TestAuthority(directory, "authority");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(File file) {
    File[] within = file.listFiles();
    if (within != null) {
      for (File each : within) {
        delete(each);
      }
    }
    file.delete();
  }

  private static SSLContext signed(String name, String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "-ext";
    all[1] = name;
    System.arraycopy(options, 0, all, 2, options.length);
    TestAuthority.Identity identity = AUTHORITY.signs("sql", "EC", all);
    try {
      return TlsMaterial.context(
          true,
          TlsMaterial.certificates(AUTHORITY.pem()),
          TlsMaterial.certificates(identity.certificate()),
          Optional.of(TlsMaterial.key(identity.key().toCharArray())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
