package dev.connections.jdbc;

import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;

/** The sentences and remedies of failures that a database has. */
final class FailureTexts {
  private FailureTexts() {}

  static Failure of(ErrorCode code, DatabaseSettings settings) {
    String name = settings.displayName();
    if (code instanceof DatabaseErrorCode own) {
      return own(own, name);
    }
    if (code instanceof StandardErrorCode standard) {
      return standard(standard, settings);
    }
    return said(code, name + " refused the request.", "Look at the server's log.");
  }

  private static Failure own(DatabaseErrorCode code, String name) {
    return switch (code) {
      case UNKNOWN_DATABASE ->
          said(
              code,
              "The database doesn't exist on this server, or this login may not enter it.",
              "Check the name; upper and lower case may matter.");
      case CLIENT_REFUSED ->
          said(
              code,
              "The server's rules don't admit this user, database, address or kind of encryption.",
              "Check the user name and the encryption, or ask the administrator to admit them (in"
                  + " PostgreSQL: pg_hba.conf).");
      case TOO_MANY_CONNECTIONS ->
          said(
              code,
              name + " has no connection left for this login.",
              "Try again later, lower the pool's size, or ask the administrator for a higher"
                  + " limit.");
      case STARTING_UP ->
          said(
              code,
              name + " is starting, stopping or recovering and takes no connections.",
              "Try again in a minute.");
      case DEADLOCK ->
          said(
              code,
              name + " ended the request in favour of another transaction.",
              "Try again; the request changed nothing.");
      case READ_ONLY_REPLICA ->
          said(
              code,
              name
                  + " is a read-only replica: what it tells may lag behind, and it refuses changes.",
              "For reading metadata nothing needs to be done; otherwise enter the primary server.");
      case UNKNOWN_ERROR ->
          said(
              code,
              name + " refused the request with a code of its own.",
              "Look the code up in the server's documentation, and at the server's log.");
    };
  }

  private static Failure standard(StandardErrorCode code, DatabaseSettings settings) {
    String name = settings.displayName();
    return switch (code) {
      case UNKNOWN_HOST, CONNECTION_REFUSED, CONNECT_TIMEOUT ->
          StandardFailures.unreachable(code, name, settings.host(), settings.port());
      case WRONG_CREDENTIALS -> StandardFailures.wrongCredentials();
      case EXPIRED_CREDENTIALS ->
          said(code, "The password has expired.", "Set a new one at the server and enter it here.");
      case ACCOUNT_LOCKED ->
          said(code, "The account is locked.", "Ask the administrator to unlock it.");
      case METHOD_REFUSED ->
          said(
              code,
              "The server doesn't accept this way of signing in.",
              "Choose another kind of authentication, or ask which one the server expects.");
      case PERMISSION_DENIED ->
          said(
              code,
              "This login lacks a right.",
              "Ask the administrator for the rights that the adapter's page lists.");
      case TLS_UNTRUSTED ->
          said(
              code,
              "The server's certificate isn't signed by an authority we trust, or isn't valid now.",
              "Enter the certificate of the authority that signed it.");
      case TLS_HOST_MISMATCH ->
          said(
              code,
              "The server's certificate is for another host name.",
              "Enter the host name that the certificate is for.");
      case TLS_REFUSED ->
          said(
              code,
              "The server and this application agree on no way to encrypt the connection.",
              "Check whether the server has encryption switched on, and which versions it allows.");
      case WRONG_PROTOCOL ->
          said(
              code,
              "What listens at " + settings.host() + ":" + settings.port() + " isn't " + name + ".",
              "Check the port.");
      case CONNECTION_LOST ->
          said(
              code,
              "The connection to " + name + " broke.",
              "Try again. If it happens again, look at the server's log and at firewalls that end"
                  + " idle connections.");
      case TIMEOUT -> StandardFailures.timedOut("request to " + name);
      case CANCELLED -> StandardFailures.cancelled();
      case NOT_FOUND -> said(code, "The object doesn't exist any more.", "List the schema again.");
      case UNSUPPORTED ->
          said(code, "This server doesn't offer what was asked.", "Check the server's version.");
      case MALFORMED_DATA ->
          said(
              code,
              name + " sent something that can't be read.",
              "Try again. If it happens again, look for what stands between here and the server, and"
                  + " at the server's version.");
      default ->
          said(
              code,
              name + " can't do the request at the moment.",
              "Try again later, and look at the server's log.");
    };
  }

  private static Failure said(ErrorCode code, String message, String remedy) {
    return Failure.of(code, message).withRemedy(remedy);
  }
}
