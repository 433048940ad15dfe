package dev.connections.servicenow.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.Authentication;
import dev.connections.http.Grant;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpService;
import dev.connections.http.HttpSettings;
import dev.connections.http.NetworkFields;
import dev.connections.http.OAuth;
import dev.connections.http.OAuthClient;
import dev.connections.http.ServiceFields;
import dev.connections.servicenow.ServiceNowErrorCode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How one instance is reached and how we sign in there, from its configuration. */
final class Instance {
  private static final String TOKENS = "/oauth_token.do";
  private static final String CONSENT = "/oauth_auth.do";

  private Instance() {}

  static HttpSettings settings(Configuration configuration) {
    URI address = ServiceFields.address(configuration, ServiceNowFields.INSTANCE).orElseThrow();
    HttpSettings settings =
        ServiceFields.naming(
                HttpSettings.of("ServiceNow", address)
                    .withConnectTimeout(configuration.get(ServiceNowFields.CONNECT_TIMEOUT)),
                ServiceNowFields.INSTANCE,
                ServiceNowErrorCode.INSTANCE_HIBERNATING)
            .naming(List.of(HttpErrorCode.REQUEST_REFUSED), ServiceNowFields.API_VERSION)
            .naming(List.of(StandardErrorCode.THROTTLED), ServiceNowFields.RATE_LIMIT)
            .naming(
                List.of(ServiceNowErrorCode.SECOND_FACTOR_NEEDED),
                ServiceNowFields.AUTHENTICATION,
                ServiceNowFields.USER)
            .naming(
                List.of(
                    StandardErrorCode.PERMISSION_DENIED,
                    ServiceNowErrorCode.INTERFACE_CLOSED,
                    ServiceNowErrorCode.ORDER_REFUSED),
                ServiceNowFields.USER);
    settings =
        needsPassword(configuration)
            ? settings.naming(
                List.of(StandardErrorCode.WRONG_CREDENTIALS),
                ServiceNowFields.USER,
                ServiceNowFields.PASSWORD)
            : settings.naming(
                List.of(StandardErrorCode.WRONG_CREDENTIALS),
                ServiceNowFields.CLIENT_ID,
                ServiceNowFields.CLIENT_SECRET);
    return NetworkFields.apply(settings, configuration);
  }

  /** {@return whether each request carries a password} */
  static boolean needsPassword(Configuration configuration) {
    return configuration.get(ServiceNowFields.AUTHENTICATION)
        == ServiceNowFields.Authentication.BASIC;
  }

  static Authentication signIn(
      Configuration configuration, HttpService service, AdapterContext context) {
    return needsPassword(configuration)
        ? Authentication.basic(
            configuration.get(ServiceNowFields.USER), configuration.get(ServiceNowFields.PASSWORD))
        : Authentication.tokens(context.tokens(), oauth(configuration, service, context));
  }

  /** {@return the way in which a user consents, if the connection signs in by it} */
  static Optional<ConsentFlow> consent(
      Configuration configuration, HttpService service, AdapterContext context) {
    return configuration
        .find(ServiceNowFields.GRANT)
        .filter(ServiceNowFields.OAuthGrant.AUTHORIZATION_CODE::equals)
        .map(
            grant ->
                oauth(configuration, service, context)
                    .consent(service.settings().base().resolve(CONSENT)));
  }

  private static OAuth oauth(
      Configuration configuration, HttpService service, AdapterContext context) {
    OAuthClient client =
        OAuthClient.of(
            service.settings().base().resolve(TOKENS),
            configuration.get(ServiceNowFields.CLIENT_ID),
            configuration.find(ServiceNowFields.CLIENT_SECRET));
    OAuth oauth = OAuth.of(service, context.clock(), client, grant(configuration));
    List<Field<?>> ofClient = List.of(ServiceNowFields.CLIENT_ID, ServiceNowFields.CLIENT_SECRET);
    return switch (configuration.get(ServiceNowFields.GRANT)) {
      case PASSWORD -> oauth.naming(ofClient, ServiceNowFields.PASSWORD);
      case REFRESH_TOKEN -> oauth.naming(ofClient, ServiceNowFields.REFRESH_TOKEN);
      case AUTHORIZATION_CODE, CLIENT_CREDENTIALS -> oauth.naming(ofClient);
    };
  }

  private static Grant grant(Configuration configuration) {
    return switch (configuration.get(ServiceNowFields.GRANT)) {
      case CLIENT_CREDENTIALS -> new Grant.ClientCredentials();
      case PASSWORD ->
          new Grant.Password(
              configuration.get(ServiceNowFields.USER),
              configuration.find(ServiceNowFields.PASSWORD).orElse(Secret.of(new char[0])));
      case AUTHORIZATION_CODE -> new Grant.Consent();
      case REFRESH_TOKEN ->
          new Grant.RefreshToken(configuration.find(ServiceNowFields.REFRESH_TOKEN));
    };
  }
}
