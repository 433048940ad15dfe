package dev.connections.servicenow.internal;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConsentFlow;
import dev.connections.api.StandardErrorCode;
import dev.connections.http.HttpErrorCode;
import dev.connections.http.HttpService;
import dev.connections.http.HttpSettings;
import dev.connections.http.NetworkFields;
import dev.connections.http.ServiceFields;
import dev.connections.http.SignInFields;
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
            .naming(
                List.of(StandardErrorCode.THROTTLED, StandardErrorCode.QUOTA_EXHAUSTED),
                ServiceNowFields.RATE_LIMIT)
            .naming(
                List.of(ServiceNowErrorCode.SECOND_FACTOR_NEEDED),
                SignInFields.WAY,
                SignInFields.USER)
            .naming(
                List.of(
                    StandardErrorCode.PERMISSION_DENIED,
                    ServiceNowErrorCode.INTERFACE_CLOSED,
                    ServiceNowErrorCode.ORDER_REFUSED),
                SignInFields.USER);
    return NetworkFields.apply(SignInFields.naming(settings, configuration), configuration);
  }

  static HttpService signing(
      HttpService service, Configuration configuration, AdapterContext context) {
    return SignInFields.signing(service, configuration, context, TOKENS);
  }

  /** {@return the way in which a user consents, if the connection signs in by it} */
  static Optional<ConsentFlow> consent(
      HttpService service, Configuration configuration, AdapterContext context) {
    return SignInFields.consent(service, configuration, context, TOKENS, CONSENT);
  }
}
