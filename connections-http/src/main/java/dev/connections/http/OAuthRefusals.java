package dev.connections.http;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import java.util.List;

/** What a service means when it grants no token: by its code (RFC 6749, section 5.2). */
final class OAuthRefusals {
  private final HttpService service;
  private final List<Field<?>> ofClient;
  private final List<Field<?>> ofGrant;

  OAuthRefusals(HttpService service, List<Field<?>> ofClient, List<Field<?>> ofGrant) {
    this.service = service;
    this.ofClient = ofClient;
    this.ofGrant = ofGrant;
  }

  ConnectionException of(String error, Answer answer, OAuth.Kind kind) {
    String name = service.settings().displayName();
    return switch (error) {
      case "invalid_client" ->
          refusal(
              StandardErrorCode.WRONG_CREDENTIALS,
              name + " doesn't know this application, or its secret is wrong.",
              "Enter the application's id and secret again.",
              ofClient,
              answer);
      case "invalid_grant" -> ofGrant(name, answer, kind);
      case "unauthorized_client", "unsupported_grant_type" ->
          refusal(
              StandardErrorCode.METHOD_REFUSED,
              name + " doesn't let this application sign in in this way.",
              "Ask the administrator to allow this kind of grant for the application.",
              ofClient,
              answer);
      case "access_denied" ->
          refusal(
              StandardErrorCode.PERMISSION_DENIED,
              name + " denies this application the access.",
              "Ask the administrator to admit the application and its user.",
              ofClient,
              answer);
      case "invalid_scope" ->
          refusal(
              StandardErrorCode.INVALID_CONFIGURATION,
              name + " doesn't grant what was asked for.",
              "Ask the administrator which scopes the application has.",
              ofClient,
              answer);
      case "temporarily_unavailable" ->
          service.failures().of(StandardErrorCode.UNAVAILABLE, answer);
      // Some services have no other word for a grant they don't accept; their status tells.
      case "server_error" ->
          answer.status() >= 500
              ? service.failures().of(StandardErrorCode.UNAVAILABLE, answer)
              : ofGrant(name, answer, kind);
      default -> unknown(name, answer);
    };
  }

  private ConnectionException ofGrant(String name, Answer answer, OAuth.Kind kind) {
    return switch (kind) {
      case CREDENTIALS -> wrong(name, answer);
      case REFRESH_TOKEN -> expired(name, answer);
      case CONSENT, CODE -> consentNeeded(name, kind, answer);
    };
  }

  private ConnectionException expired(String name, Answer answer) {
    return refusal(
        StandardErrorCode.EXPIRED_CREDENTIALS,
        "The consent to use " + name + " has expired or was withdrawn.",
        "Sign in again, and enter the new refresh token.",
        ofGrant,
        answer);
  }

  private ConnectionException consentNeeded(String name, OAuth.Kind kind, Answer answer) {
    return refusal(
        StandardErrorCode.CONSENT_NEEDED,
        kind == OAuth.Kind.CODE
            ? name + " doesn't accept the consent that was given."
            : "The consent to use " + name + " has expired or was withdrawn.",
        "Sign in at " + name + " and give consent again.",
        ofGrant,
        answer);
  }

  private ConnectionException wrong(String name, Answer answer) {
    return refusal(
        StandardErrorCode.WRONG_CREDENTIALS,
        name + " doesn't accept the credentials.",
        "Check the user name and the password, or the key.",
        ofGrant,
        answer);
  }

  private ConnectionException unknown(String name, Answer answer) {
    ErrorCode code =
        answer.status() >= 500
            ? StandardErrorCode.UNAVAILABLE
            : StandardErrorCode.WRONG_CREDENTIALS;
    return refusal(
        code,
        name + " granted no token.",
        "Check the application's id, its secret and the credentials.",
        ofClient,
        answer);
  }

  private ConnectionException refusal(
      ErrorCode code, String message, String remedy, List<Field<?>> fields, Answer answer) {
    Failure failure = Failure.of(code, message).withRemedy(remedy);
    if (!fields.isEmpty()) {
      failure = failure.withFields(fields.toArray(Field<?>[]::new));
    }
    return service.failures().of(failure, answer);
  }
}
