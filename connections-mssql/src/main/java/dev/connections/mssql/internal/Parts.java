package dev.connections.mssql.internal;

import dev.connections.jdbc.ErrorTable;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an adapter works with besides its configuration. Tests take something away, to see that it
 * counts.
 *
 * @param browser tells the ports of instances
 * @param errors what numbers, states and types of exceptions mean
 * @param signInFailures what is looked for when a connection can't be made
 */
record Parts(SqlBrowser browser, ErrorTable errors, Set<SignInFailure> signInFailures) {
  static final Parts STANDARD =
      new Parts(
          SqlBrowser.STANDARD,
          ErrorTable.read(Parts.class, "/sql-queries/mssql/errors.txt"),
          EnumSet.allOf(SignInFailure.class));

  Parts {
    signInFailures = Set.copyOf(signInFailures);
  }

  Parts with(SqlBrowser other) {
    return new Parts(other, errors, signInFailures);
  }

  Parts with(ErrorTable other) {
    return new Parts(browser, other, signInFailures);
  }

  Parts with(Set<SignInFailure> others) {
    return new Parts(browser, errors, others);
  }
}
