package dev.connections.databricks.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Configuration;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;
import dev.connections.databricks.DatabricksErrorCode;
import dev.connections.http.Answer;
import dev.connections.http.Authentication;
import dev.connections.http.Grant;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpService;
import dev.connections.http.HttpSettings;
import dev.connections.http.NetworkFields;
import dev.connections.http.OAuth;
import dev.connections.http.OAuthClient;
import dev.connections.http.ServiceFields;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a workspace is reached, signed in to, and what its refusals mean. */
final class Workspace {
  private static final String TOKENS = "/oidc/v1/token";

  private Workspace() {}

  /** {@return the service that signs its requests; nothing is dialled yet} */
  static HttpService open(Configuration configuration, AdapterContext context) {
    CallLimits limits =
        CallLimits.parallel(configuration.get(DatabricksFields.PARALLEL))
            .withRate(configuration.get(DatabricksFields.RATE), Duration.ofSeconds(1))
            .withTimeout(configuration.get(DatabricksFields.TIMEOUT));
    HttpService plain = HttpService.open(settings(configuration), limits, context);
    return plain
        .signing(signIn(configuration, plain, context))
        .judging(answer -> judged(plain, answer));
  }

  private static boolean byToken(Configuration configuration) {
    return configuration.get(DatabricksFields.AUTHENTICATION)
        == DatabricksFields.Authentication.PAT;
  }

  private static HttpSettings settings(Configuration configuration) {
    Field<?>[] credentials =
        byToken(configuration)
            ? new Field<?>[] {DatabricksFields.TOKEN}
            : new Field<?>[] {DatabricksFields.CLIENT_ID, DatabricksFields.CLIENT_SECRET};
    HttpSettings plain =
        HttpSettings.of(
            "Databricks",
            ServiceFields.address(configuration, DatabricksFields.WORKSPACE).orElseThrow());
    HttpSettings settings =
        ServiceFields.naming(plain, DatabricksFields.WORKSPACE, DatabricksErrorCode.NO_METASTORE)
            .naming(
                List.of(StandardErrorCode.WRONG_CREDENTIALS, StandardErrorCode.PERMISSION_DENIED),
                credentials)
            .naming(
                List.of(StandardErrorCode.THROTTLED),
                DatabricksFields.RATE,
                DatabricksFields.PARALLEL);
    return NetworkFields.apply(settings, configuration);
  }

  private static Authentication signIn(
      Configuration configuration, HttpService service, AdapterContext context) {
    return byToken(configuration)
        ? Authentication.bearer(configuration.get(DatabricksFields.TOKEN))
        : Authentication.tokens(context.tokens(), principal(configuration, service, context));
  }

  /** {@return what gives the tokens that statements are run with} */
  static AccessTokens tokens(
      Configuration configuration, HttpService service, AdapterContext context) {
    return byToken(configuration)
        ? AccessTokens.unchanging(configuration.get(DatabricksFields.TOKEN))
        : AccessTokens.granted(
            context.tokens(),
            principal(configuration, service.signing(Authentication.none()), context));
  }

  private static OAuth principal(
      Configuration configuration, HttpService service, AdapterContext context) {
    OAuthClient client =
        OAuthClient.of(
                service.settings().base().resolve(TOKENS),
                configuration.get(DatabricksFields.CLIENT_ID),
                configuration.find(DatabricksFields.CLIENT_SECRET))
            .withSecretInHeader()
            .withScope("all-apis");
    return OAuth.of(service, context.clock(), client, new Grant.ClientCredentials())
        .naming(List.of(DatabricksFields.CLIENT_ID, DatabricksFields.CLIENT_SECRET));
  }

  /**
   * A refused token and a missing right have the same status and, in the body, the same number: the
   * published sentence alone tells them apart. A missing metastore has a code of its own.
   */
  private static Optional<ConnectionException> judged(HttpService service, Answer answer)
      throws IOException {
    if (answer.status() < 400 && answer.isWebPage()) {
      return Optional.of(service.failures().of(HttpErrorCode.WEB_PAGE, answer));
    }
    if (answer.status() == 403 && answer.opening().contains("Invalid access token")) {
      return Optional.of(service.failures().of(StandardErrorCode.WRONG_CREDENTIALS, answer));
    }
    if (answer.status() == 404 && answer.opening().contains("METASTORE_DOES_NOT_EXIST")) {
      Failure failure =
          service
              .failures()
              .of(
                  DatabricksErrorCode.NO_METASTORE,
                  "No metastore of Unity Catalog is assigned to this workspace.",
                  "Ask an account administrator to assign one, or enter another workspace.");
      return Optional.of(service.failures().of(failure, answer));
    }
    return Optional.empty();
  }
}
