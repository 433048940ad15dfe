package dev.connections.mssql.internal;

import dev.connections.api.Configuration;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.jdbc.DatabaseErrorCode;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSException;

/**
 * What can go wrong only while a connection is made, and that no number tells, or tells otherwise
 * than elsewhere. The first one that fits counts.
 */
enum SignInFailure {
  /** Windows itself was to sign in, and the driver can't ask it. */
  NATIVE_LIBRARY {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return has(chain, UnsatisfiedLinkError.class);
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return OptionalLibraries.missing("the driver's native library (mssql-jdbc_auth)")
          .withFields(MssqlFields.WINDOWS_SCHEME, MssqlFields.AUTHENTICATION);
    }
  },

  /** Kerberos gave no ticket. */
  NO_TICKET {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return has(chain, GSSException.class) || has(chain, LoginException.class);
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return Failure.of(
              StandardErrorCode.WRONG_CREDENTIALS, "Kerberos gave no ticket for this server.")
          .withRemedy(
              "Check user name and password, or run kinit; and check that krb5.conf knows the"
                  + " realm and that the server's account has the service name MSSQLSvc.")
          .withFields(MssqlFields.USER, MssqlFields.PASSWORD, MssqlFields.DOMAIN);
    }
  },

  /** The server encrypts, which nobody asked for here. */
  INSISTS_ON_ENCRYPTION {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return !configuration.get(MssqlFields.ENCRYPT)
          && (has(chain, SSLException.class) || has(chain, GeneralSecurityException.class));
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return Failure.of(
              StandardErrorCode.TLS_REFUSED,
              "The server insists on encryption, which is switched off here.")
          .withRemedy("Switch encryption on, and say whom to trust.")
          .withFields(MssqlFields.ENCRYPT);
    }
  },

  /** The server waits for another greeting. */
  NOT_STRICT {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return configuration.find(MssqlFields.STRICT).orElse(false)
          && has(chain, SocketTimeoutException.class);
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return Failure.of(
              StandardErrorCode.TLS_REFUSED,
              "The server doesn't answer to strict encryption (TDS 8).")
          .withRemedy("Switch strict encryption off; SQL Server knows it from 2022 on.")
          .withFields(MssqlFields.STRICT);
    }
  },

  /** A server that imitates SQL Server says the same number of whatever it has no number for. */
  NO_DATABASE_OF_AN_IMITATION {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return chain.get(0) instanceof SQLException thrown && thrown.getErrorCode() == IMITATED;
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return Failure.of(
              DatabaseErrorCode.UNKNOWN_DATABASE,
              "The database doesn't exist on this server, or this login may not enter it.")
          .withRemedy("Check the name; upper and lower case may matter.")
          .withVendorCode(Integer.toString(IMITATED))
          .withFields(MssqlFields.DATABASE);
    }
  },

  /** Whoever gives tokens gave none. */
  NO_TOKEN {
    @Override
    boolean fits(List<Throwable> chain, Configuration configuration) {
      return NoToken.fits(chain);
    }

    @Override
    Failure failure(List<Throwable> chain, Configuration configuration) {
      return NoToken.of(
          chain,
          configuration.get(MssqlFields.AZURE_MODE),
          configuration.find(MssqlFields.USER).isPresent());
    }
  };

  private static final int IMITATED = 33_557_097;

  /** Whether it is this. */
  abstract boolean fits(List<Throwable> chain, Configuration configuration);

  /** What a user is told. */
  abstract Failure failure(List<Throwable> chain, Configuration configuration);

  /**
   * A precise failure; empty if the numbers and types of the exception say enough.
   *
   * @param known what is looked for
   */
  static Optional<Failure> of(
      SQLException thrown, Configuration configuration, Set<SignInFailure> known) {
    List<Throwable> chain = chain(thrown);
    return Arrays.stream(values())
        .filter(each -> known.contains(each) && each.fits(chain, configuration))
        .map(each -> each.failure(chain, configuration))
        .findFirst();
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
