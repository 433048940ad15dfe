package dev.connections.http;

import dev.connections.api.AdapterContext;
import dev.connections.api.Configuration;
import dev.connections.api.ConfigurationProblem;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Field;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of services that are signed in to by user name and password with each request, or by
 * OAuth, and what they come to. A spec takes them as a group, with {@link #check} as a rule.
 */
public final class SignInFields {
  /** How the service is told who we are. */
  public enum Way {
    /** By user name and password with each request. */
    BASIC,
    /** By a token. */
    OAUTH
  }

  /** By what right a token is asked for. */
  public enum OAuthGrant {
    /** A user's name and password. */
    PASSWORD,
    /** What a user once consented to. */
    REFRESH_TOKEN,
    /** What a user consents to in a browser, by the application that holds the connection. */
    AUTHORIZATION_CODE,
    /** The application's own right. */
    CLIENT_CREDENTIALS
  }

  /** How the service is told who we are. */
  public static final Field<Way> WAY =
      Field.choice("authentication.type", Way.class).label("Authentication").preset(Way.BASIC);

  /** By what right a token is asked for. */
  public static final Field<OAuthGrant> GRANT =
      Field.choice("authentication.grant", OAuthGrant.class)
          .label("Grant")
          .preset(OAuthGrant.REFRESH_TOKEN)
          .when(WAY, Way.OAUTH);

  /** The user's name. */
  public static final Field<String> USER =
      Field.text("authentication.username")
          .label("User name")
          .help("Needed for basic, and for the grant password.")
          .range(1, 255)
          .encrypted();

  /** The user's password. */
  public static final Field<Secret> PASSWORD =
      Field.secret("authentication.password").label("Password").range(1, 1_024);

  /** The secret of the application. */
  public static final Field<Secret> CLIENT_SECRET =
      ServiceFields.CLIENT_SECRET.required().when(WAY, Way.OAUTH);

  /** What a person's consent once gave. */
  public static final Field<Secret> REFRESH_TOKEN =
      ServiceFields.REFRESH_TOKEN.required().when(GRANT, OAuthGrant.REFRESH_TOKEN);

  private SignInFields() {}

  /**
   * {@return all of these fields, for a group of a spec}
   *
   * @param clientHelp where the id of the application is found
   */
  public static Field<?>[] all(String clientHelp) {
    Field<String> client = ServiceFields.CLIENT_ID.help(clientHelp).required().when(WAY, Way.OAUTH);
    return new Field<?>[] {WAY, GRANT, USER, PASSWORD, client, CLIENT_SECRET, REFRESH_TOKEN};
  }

  /**
   * {@return what is wrong with these fields} A rule for a spec that has them: a person signs in by
   * two of the ways, and conditions can't say "or".
   *
   * @param configuration of such a spec
   */
  public static List<ConfigurationProblem> check(Configuration configuration) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    boolean person =
        byPassword(configuration)
            || configuration.find(GRANT).equals(Optional.of(OAuthGrant.PASSWORD));
    if (person && configuration.find(USER).isEmpty()) {
      problems.add(
          ConfigurationProblem.of(USER, "User name is missing.", "Enter the user's name."));
    }
    if (person && configuration.find(PASSWORD).isEmpty()) {
      problems.add(
          new ConfigurationProblem(
              PASSWORD.path(),
              StandardErrorCode.MISSING_SECRET,
              "Password isn't set.",
              Optional.of("Enter the user's password.")));
    }
    return problems;
  }

  /**
   * {@return whether each request carries a password}
   *
   * @param configuration of a spec that has these fields
   */
  public static boolean byPassword(Configuration configuration) {
    return configuration.get(WAY) == Way.BASIC;
  }

  /**
   * {@return settings whose failures name what to look at if the credentials are refused}
   *
   * @param settings of the service
   * @param configuration of a spec that has these fields
   */
  public static HttpSettings naming(HttpSettings settings, Configuration configuration) {
    List<StandardErrorCode> refused = List.of(StandardErrorCode.WRONG_CREDENTIALS);
    return byPassword(configuration)
        ? settings.naming(refused, USER, PASSWORD)
        : settings.naming(refused, ServiceFields.CLIENT_ID, CLIENT_SECRET);
  }

  /**
   * {@return the service as these fields sign in to it}
   *
   * @param service asked without credentials
   * @param configuration of a spec that has these fields
   * @param context the adapter's surroundings
   * @param tokens the path that grants tokens
   */
  public static HttpService signing(
      HttpService service, Configuration configuration, AdapterContext context, String tokens) {
    Authentication authentication =
        byPassword(configuration)
            ? Authentication.basic(configuration.get(USER), configuration.get(PASSWORD))
            : Authentication.tokens(
                context.tokens(), oauth(service, configuration, context, tokens));
    return service.signing(authentication);
  }

  /**
   * {@return the way in which a user consents, if the connection signs in by it}
   *
   * @param service asked without credentials
   * @param configuration of a spec that has these fields
   * @param context the adapter's surroundings
   * @param tokens the path that grants tokens
   * @param consent the path where the user signs in
   */
  public static Optional<ConsentFlow> consent(
      HttpService service,
      Configuration configuration,
      AdapterContext context,
      String tokens,
      String consent) {
    return configuration
        .find(GRANT)
        .filter(OAuthGrant.AUTHORIZATION_CODE::equals)
        .map(
            grant ->
                oauth(service, configuration, context, tokens)
                    .consent(service.settings().base().resolve(consent)));
  }

  private static OAuth oauth(
      HttpService service, Configuration configuration, AdapterContext context, String tokens) {
    OAuthClient client =
        OAuthClient.of(
            service.settings().base().resolve(tokens),
            configuration.get(ServiceFields.CLIENT_ID),
            configuration.find(CLIENT_SECRET));
    OAuth oauth = OAuth.of(service, context.clock(), client, grant(configuration));
    List<Field<?>> ofClient = List.of(ServiceFields.CLIENT_ID, CLIENT_SECRET);
    return switch (configuration.get(GRANT)) {
      case PASSWORD -> oauth.naming(ofClient, PASSWORD);
      case REFRESH_TOKEN -> oauth.naming(ofClient, REFRESH_TOKEN);
      case AUTHORIZATION_CODE, CLIENT_CREDENTIALS -> oauth.naming(ofClient);
    };
  }

  private static Grant grant(Configuration configuration) {
    return switch (configuration.get(GRANT)) {
      case CLIENT_CREDENTIALS -> new Grant.ClientCredentials();
      case PASSWORD ->
          new Grant.Password(
              configuration.get(USER), configuration.find(PASSWORD).orElse(Secret.of(new char[0])));
      case AUTHORIZATION_CODE -> new Grant.Consent();
      case REFRESH_TOKEN -> new Grant.RefreshToken(configuration.find(REFRESH_TOKEN));
    };
  }
}
