package dev.connections.http;

import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.StandardFailures;

/** The sentences and remedies of failures that a service on the web has. */
final class HttpTexts {
  private HttpTexts() {}

  static Failure of(ErrorCode code, String name, Target server) {
    if (code instanceof HttpErrorCode own) {
      return own(own, name);
    }
    if (code instanceof StandardErrorCode standard) {
      return standard(standard, name, server);
    }
    return said(code, name + " refused the request.", "Look at the service's own log.");
  }

  private static Failure own(HttpErrorCode code, String name) {
    return switch (code) {
      case REDIRECT_REFUSED ->
          said(
              code,
              name + " sends us to an address where we don't go.",
              "Enter the address of the service itself, as its own pages show it.");
      case WEB_PAGE ->
          said(
              code,
              "A web page answers where " + name + " should: a sign-in page, a portal or a proxy.",
              "Check the address, and whether a single sign-on or a proxy stands before the"
                  + " service's interface for programs.");
      case PROXY_REFUSED ->
          said(
              code,
              "The proxy doesn't let the connection through.",
              "Check the proxy's user name and password, and whether it allows this server.");
      case PAGE_REPEATED ->
          said(
              code,
              name + " sent a page again instead of the next one.",
              "Try again; if it happens again, report it with the name of the service.");
      case REQUEST_REFUSED ->
          said(
              code,
              name + " doesn't understand the request.",
              "Check the version of the service's interface.");
    };
  }

  private static Failure standard(StandardErrorCode code, String name, Target server) {
    return switch (code) {
      case UNKNOWN_HOST, CONNECTION_REFUSED, CONNECT_TIMEOUT ->
          StandardFailures.unreachable(code, name, server.host(), server.port());
      case WRONG_CREDENTIALS ->
          said(
              code,
              name + " doesn't accept the credentials.",
              "Enter them again, and check whether they are still valid.");
      case EXPIRED_CREDENTIALS ->
          said(code, "The credentials for " + name + " have expired.", "Sign in again.");
      case ACCOUNT_LOCKED ->
          said(code, "The account is locked or disabled.", "Ask the administrator to unlock it.");
      case METHOD_REFUSED ->
          said(
              code,
              name + " doesn't accept this way of signing in.",
              "Choose another kind of authentication, or ask the administrator to allow this one.");
      case CONSENT_NEEDED ->
          said(
              code,
              "Somebody has to sign in at " + name + " and give consent.",
              "Sign in by the link that this application shows.");
      case PERMISSION_DENIED ->
          said(
              code,
              name + " doesn't let this login do that.",
              "Ask the administrator for the rights that the adapter's page lists.");
      case NOT_FOUND ->
          said(
              code,
              name + " has nothing by this name, or this login may not see it.",
              "Check the address and the name.");
      case TLS_UNTRUSTED ->
          said(
              code,
              "The certificate of "
                  + server.shown()
                  + " isn't signed by an authority we trust, or isn't valid now.",
              "Enter the certificate of the authority that signed it; that of a company's proxy if"
                  + " one opens the channel.");
      case TLS_HOST_MISMATCH ->
          said(
              code,
              "The certificate of " + server.shown() + " is for another host name.",
              "Enter the host name that the certificate is for.");
      case TLS_REFUSED ->
          said(
              code,
              "The server and this application agree on no way to encrypt the connection, or the"
                  + " server wants a certificate of ours.",
              "Check which versions of TLS the server allows, and whether it asks for a client"
                  + " certificate.");
      case WRONG_PROTOCOL ->
          said(
              code,
              "What answers at " + server.shown() + " doesn't speak the protocol of " + name + ".",
              "Check the address and the port, and whether it begins with https.");
      case CONNECTION_LOST ->
          said(
              code,
              "The connection to " + name + " broke.",
              "Try again. If it happens again, look for proxies and firewalls that end"
                  + " connections.");
      case TIMEOUT -> StandardFailures.timedOut("request to " + name);
      case CANCELLED -> StandardFailures.cancelled();
      case THROTTLED ->
          said(
              code,
              name + " asks us to slow down.",
              "Try again later, or lower the rate of requests in the configuration.");
      case QUOTA_EXHAUSTED ->
          said(
              code,
              "The allowance of requests to " + name + " is used up.",
              "Wait until it starts anew, or ask for a larger one.");
      case MALFORMED_DATA ->
          said(
              code,
              "The answer of " + name + " can't be understood.",
              "Check whether the address leads to the service's interface for programs.");
      case TOO_LARGE ->
          said(
              code,
              "The answer of " + name + " is larger than is read.",
              "Ask for less at once, for example by smaller pages.");
      case UNSUPPORTED ->
          said(code, name + " doesn't offer what was asked.", "Check the service's version.");
      default ->
          said(
              code,
              name + " can't do the request at the moment.",
              "Try again later, and look at the service's status page.");
    };
  }

  private static Failure said(ErrorCode code, String message, String remedy) {
    return Failure.of(code, message).withRemedy(remedy);
  }
}
