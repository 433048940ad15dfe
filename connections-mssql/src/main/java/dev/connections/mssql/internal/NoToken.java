package dev.connections.mssql.internal;

import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.mssql.internal.MssqlFields.AzureMode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Why there is no token to sign in with. Of what its library threw the driver keeps for passwords
 * and secrets nothing but the words. In them only what is of no language is looked for: Entra's
 * numbers, and the names of Java's exceptions. Of managed identities the exceptions are all there.
 */
final class NoToken {
  private static final Pattern NUMBER = Pattern.compile(EntraRefusal.PREFIX + "(\\d{4,9})");

  /** Where the driver fetches tokens: some of what it throws there names no cause at all. */
  private static final String FETCHING = "getFedAuthToken";

  private NoToken() {}

  /** Whether a token was what was missing. */
  static boolean fits(List<Throwable> chain) {
    return chain.stream()
        .flatMap(each -> Arrays.stream(each.getStackTrace()))
        .anyMatch(
            frame ->
                frame.getMethodName().equals(FETCHING)
                    && frame.getClassName().startsWith("com.microsoft.sqlserver."));
  }

  static Failure of(List<Throwable> chain, AzureMode mode, boolean named) {
    return mode == AzureMode.MANAGED_IDENTITY ? ofMachine(chain, named) : ofEntra(chain);
  }

  private static Failure ofEntra(List<Throwable> chain) {
    String words =
        chain.stream()
            .map(Throwable::getMessage)
            .filter(Objects::nonNull)
            .reduce("", (first, second) -> first + "\n" + second);
    Matcher number = NUMBER.matcher(words);
    if (number.find()) {
      return EntraRefusal.of(Integer.parseInt(number.group(1)));
    }
    if (names(words, UnknownHostException.class)) {
      return unreachable(StandardErrorCode.UNKNOWN_HOST, "its name has no address.");
    }
    if (names(words, ConnectException.class)) {
      return unreachable(StandardErrorCode.CONNECTION_REFUSED, "nothing listens there.");
    }
    if (words.contains(SSLException.class.getPackageName() + ".")) {
      return unreachable(
          StandardErrorCode.CONNECTION_REFUSED,
          "its certificate isn't one that Java trusts, or no encrypted channel comes about.");
    }
    if (chain.size() == 1) { // of a time-out of its own the driver tells no cause
      return unreachable(StandardErrorCode.CONNECT_TIMEOUT, "it doesn't answer in time.");
    }
    return unreachable(
        StandardErrorCode.UNAVAILABLE, "the way there breaks, or it answers nothing.");
  }

  private static boolean names(String words, Class<? extends Exception> type) {
    return words.contains(type.getName());
  }

  private static Failure unreachable(StandardErrorCode code, String why) {
    return Failure.of(code, "Microsoft Entra can't be reached: " + why)
        .withRemedy(
            "Check that this machine reaches login.microsoftonline.com, port 443; a proxy that looks"
                + " into encrypted channels must be trusted by Java.")
        .withFields(MssqlFields.AZURE_MODE);
  }

  private static Failure ofMachine(List<Throwable> chain, boolean named) {
    if (chain.stream().anyMatch(TimeoutException.class::isInstance)) {
      return noIdentity(
          StandardErrorCode.CONNECT_TIMEOUT,
          "The service that gives tokens to this machine doesn't answer in time.");
    }
    return named
        ? Failure.of(
                StandardErrorCode.WRONG_CREDENTIALS,
                "This machine has no managed identity with this client id, or may not use it.")
            .withRemedy(
                "Enter the client id of an identity that is assigned to the machine, or none for"
                    + " the machine's own.")
            .withFields(MssqlFields.USER)
        : noIdentity(
            StandardErrorCode.WRONG_CREDENTIALS,
            "This machine has no managed identity of its own, or may not use it.");
  }

  private static Failure noIdentity(StandardErrorCode code, String message) {
    return Failure.of(code, message)
        .withRemedy(
            "Run the application in Azure with a managed identity, and enter the client id if there"
                + " are several; or choose another kind of identity.")
        .withFields(MssqlFields.AZURE_MODE, MssqlFields.USER);
  }
}
