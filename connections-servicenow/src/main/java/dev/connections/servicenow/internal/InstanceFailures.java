package dev.connections.servicenow.internal;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Quota;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.Answer;
import dev.connections.http.AnswerRule;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpFailures;
import dev.connections.http.RateLimitHeaders;
import dev.connections.servicenow.ServiceNowErrorCode;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * What an instance means by its answers. It gives a status and words; where one status means
 * several things, the words of its own documentation tell them apart.
 */
final class InstanceFailures implements AnswerRule {
  static final String RIGHTS =
      "Ask the administrator for a role that may read sys_db_object, sys_dictionary and"
          + " sys_glide_object, such as personalize_dictionary or admin.";

  private final HttpFailures failures;
  private final Clock clock;
  private final boolean basic;

  InstanceFailures(HttpFailures failures, Clock clock, boolean basic) {
    this.failures = failures;
    this.clock = clock;
    this.basic = basic;
  }

  @Override
  public Optional<ConnectionException> judge(Answer answer) throws IOException {
    return switch (answer.status()) {
      case 202 -> Optional.of(failures.of(StandardErrorCode.THROTTLED, answer));
      case 429 -> Optional.of(throttled(answer));
      case 401 -> Optional.of(notAuthenticated(answer));
      case 403 -> answer.isWebPage() ? Optional.empty() : Optional.of(forbidden(answer));
      case 400 -> badRequest(answer);
      default ->
          answer.status() < 300 && answer.isWebPage()
              ? Optional.of(page(answer))
              : Optional.empty();
    };
  }

  /** A rule of the instance says when its hour is over; a full queue says nothing. */
  private ConnectionException throttled(Answer answer) {
    return RateLimitHeaders.waiting(
        failures.of(StandardErrorCode.THROTTLED, answer), answer, clock);
  }

  private ConnectionException page(Answer answer) throws IOException {
    String page = answer.opening();
    if (page.contains("instance-hibernating-page") || page.contains("Instance Hibernating")) {
      return failures.of(
          failures.of(
              ServiceNowErrorCode.INSTANCE_HIBERNATING,
              "The instance is hibernating.",
              "Sign in at developer.servicenow.com and wake the instance up; that takes some"
                  + " minutes."),
          answer);
    }
    return failures.of(HttpErrorCode.WEB_PAGE, answer);
  }

  private ConnectionException notAuthenticated(Answer answer) {
    if (answer.header("X-MFA_TOKEN").isPresent()) {
      return failures.of(
          failures.of(
              ServiceNowErrorCode.SECOND_FACTOR_NEEDED,
              "The password is right, and the instance wants a second factor.",
              "Use a user that is for web services only, or OAuth."),
          answer);
    }
    if (!basic) {
      return failures.of(StandardErrorCode.WRONG_CREDENTIALS, answer);
    }
    return failures.of(
        failures.of(
            StandardErrorCode.WRONG_CREDENTIALS,
            "Authentication failed. Please verify your username and password.",
            "The instance answers alike to a wrong password, a locked user, and a user whom its"
                + " policy doesn't let sign in by password. Check the password; then whether the"
                + " user is locked out; then take a user with web service access only, or OAuth."),
        answer);
  }

  private ConnectionException forbidden(Answer answer) throws IOException {
    if (answer.opening().contains("API level ACL")) {
      return failures.of(
          failures.of(
              ServiceNowErrorCode.INTERFACE_CLOSED,
              "The instance doesn't let this user use its Table API at all.",
              "Ask the administrator which role its REST API access policy or its ACLs of type"
                  + " REST_Endpoint ask for, such as snc_platform_rest_api_access."),
          answer);
    }
    return failures.of(
        failures.of(
            StandardErrorCode.PERMISSION_DENIED, "The user may not read this table.", RIGHTS),
        answer);
  }

  private Optional<ConnectionException> badRequest(Answer answer) throws IOException {
    String said = answer.opening();
    if (said.contains("Invalid table")) {
      return Optional.of(failures.of(StandardErrorCode.NOT_FOUND, answer));
    }
    if (said.contains("does not represent any resource")) {
      return Optional.of(
          failures.of(
              failures.of(
                  HttpErrorCode.REQUEST_REFUSED,
                  "The instance has no Table API under this path.",
                  "Enter now/table."),
              answer));
    }
    return Optional.empty();
  }

  Failure cancelled() {
    return failures.of(
        ServiceNowErrorCode.TRANSACTION_CANCELLED,
        "The instance cancelled a request because it took too long.",
        "Try again when the instance has less to do, or ask the administrator to raise the quota"
            + " of REST requests.");
  }

  Failure orderRefused(String table) {
    return failures.of(
        ServiceNowErrorCode.ORDER_REFUSED,
        "The instance doesn't sort " + table + " for this user, so it can't be read page by page.",
        sorting(table));
  }

  static String sorting(String table) {
    return "Ask the administrator to allow query_range on " + table + " for this user.";
  }

  /** Only an answer that refuses says how many requests an hour has, and when the next begins. */
  @Override
  public Optional<Quota> quota(Answer answer) {
    return RateLimitHeaders.quota(answer, "requests per hour");
  }
}
