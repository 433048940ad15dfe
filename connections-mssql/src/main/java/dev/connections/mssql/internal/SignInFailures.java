package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.DatabaseErrorCode;
import dev.connections.mssql.internal.MssqlFields.Authentication;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;

/** What can go wrong only while a connection is made, and has no number. */
final class SignInFailures {
  /** Said by a server that imitates SQL Server, of whatever it has no number for. */
  private static final int IMITATED = 33_557_097;

  private SignInFailures() {}

  /** A precise failure; empty if the numbers and types of the exception say enough. */
  static Optional<Failure> of(SQLException thrown, Configuration configuration) {
    List<Throwable> chain = chain(thrown);
    if (has(chain, UnsatisfiedLinkError.class)) {
      return Optional.of(
          OptionalLibraries.missing("the driver's native library (mssql-jdbc_auth)")
              .withFields(MssqlFields.WINDOWS_SCHEME, MssqlFields.AUTHENTICATION));
    }
    if (has(chain, GSSException.class) || has(chain, LoginException.class)) {
      return Optional.of(
          Failure.of(
                  StandardErrorCode.WRONG_CREDENTIALS, "Kerberos gave no ticket for this server.")
              .withRemedy(
                  "Check user name and password, or run kinit; and check that krb5.conf knows the"
                      + " realm and that the server's account has the service name MSSQLSvc.")
              .withFields(MssqlFields.USER, MssqlFields.PASSWORD, MssqlFields.DOMAIN));
    }
    if (!configuration.get(MssqlFields.ENCRYPT)
        && (has(chain, SSLException.class) || has(chain, GeneralSecurityException.class))) {
      return Optional.of(
          Failure.of(
                  StandardErrorCode.TLS_REFUSED,
                  "The server insists on encryption, which is switched off here.")
              .withRemedy("Switch encryption on, and say whom to trust.")
              .withFields(MssqlFields.ENCRYPT));
    }
    if (configuration.find(MssqlFields.STRICT).orElse(false)
        && has(chain, SocketTimeoutException.class)) {
      return Optional.of(
          Failure.of(
                  StandardErrorCode.TLS_REFUSED,
                  "The server doesn't answer to strict encryption (TDS 8).")
              .withRemedy("Switch strict encryption off; SQL Server knows it from 2022 on.")
              .withFields(MssqlFields.STRICT));
    }
    if (thrown.getErrorCode() == IMITATED) {
      return Optional.of(
          Failure.of(
                  DatabaseErrorCode.UNKNOWN_DATABASE,
                  "The database doesn't exist on this server, or this login may not enter it.")
              .withRemedy("Check the name; upper and lower case may matter.")
              .withVendorCode(Integer.toString(IMITATED))
              .withFields(MssqlFields.DATABASE));
    }
    return azure(thrown, configuration);
  }

  /** Without a number and without a word of the server's: no token was given. */
  private static Optional<Failure> azure(SQLException thrown, Configuration configuration) {
    boolean token =
        configuration.get(MssqlFields.AUTHENTICATION) == Authentication.AZURE_AD
            && chain(thrown).stream()
                .anyMatch(
                    each -> each.getClass().getName().startsWith("com.microsoft.aad.msal4j."));
    return token
        ? Optional.of(
            Failure.of(
                    StandardErrorCode.WRONG_CREDENTIALS,
                    "Microsoft Entra gave no token for this identity.")
                .withRemedy("Check the name or client id, and the password or secret.")
                .withFields(MssqlFields.USER, MssqlFields.PASSWORD))
        : Optional.empty();
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = thrown; each != null && chain.size() < 32; each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }
}
