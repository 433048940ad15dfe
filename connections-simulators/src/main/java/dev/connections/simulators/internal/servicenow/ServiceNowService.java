package dev.connections.simulators.internal.servicenow;

import dev.connections.simulators.internal.Answer;
import dev.connections.simulators.internal.Incoming;
import dev.connections.simulators.internal.Service;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that the instance answers. */
public final class ServiceNowService implements Service {
  private static final Pattern API =
      Pattern.compile("/api/now(?:/v[12])?/(table|stats)/([^/]+)(?:/([^/]+))?");

  private final Instance instance;
  private final Rights rights;
  private final SignIn signIn;
  private final HourlyLimit limit;
  private final Consents consents;
  private final TokenEndpoint tokenEndpoint;
  private final TableApi tables;
  private final StatsApi stats;

  /** Joins the parts of an instance; the address is asked for when an answer holds it. */
  public ServiceNowService(
      Instance instance,
      Rights rights,
      Behaviour behaviour,
      SignIn signIn,
      HourlyLimit limit,
      OAuthClient client,
      Supplier<String> url) {
    this.instance = instance;
    this.rights = rights;
    this.signIn = signIn;
    this.limit = limit;
    consents = new Consents(client.id());
    tokenEndpoint = new TokenEndpoint(client, signIn, consents);
    tables = new TableApi(instance, rights, behaviour, url);
    stats = new StatsApi(instance, rights, behaviour);
  }

  /** The client that is registered with the instance, what it is believed, and its tokens. */
  public record OAuthClient(
      String id, String secret, OAuthTokens tokens, SignedStatements statements) {}

  @Override
  public Answer answer(Incoming request, int underWay) {
    if (request.path().equals("/oauth_token.do")) {
      return request.is("POST") ? tokenEndpoint.answer(request) : Refusals.noService();
    }
    if (request.path().equals("/oauth_auth.do") && request.is("GET")) {
      return consents.answer(request);
    }
    return signIn
        .refusal(request)
        .or(limit::refusal)
        .or(() -> unacceptable(request))
        .orElseGet(() -> data(request));
  }

  private static Optional<Answer> unacceptable(Incoming request) {
    boolean json =
        request
            .request()
            .header("accept")
            .filter(types -> types.contains("application/json") || types.contains("*/*"))
            .isPresent();
    return json
        ? Optional.empty()
        : Optional.of(
            Refusals.of(400, "Unsupported response type", "Accept must be application/json"));
  }

  private Answer data(Incoming request) {
    Matcher api = API.matcher(request.path());
    if (!request.is("GET") || !api.matches()) {
      return Refusals.noService();
    }
    String id = api.group(3);
    BiFunction<TableData, Incoming, Answer> part;
    if (api.group(1).equals("stats")) {
      part = stats::answer;
    } else if (id == null) {
      part = tables::page;
    } else {
      part = (table, asked) -> tables.record(table, id, asked);
    }
    return instance
        .table(api.group(2))
        .map(
            table ->
                rights.isClosed(table.name()) ? Refusals.noRights() : part.apply(table, request))
        .orElseGet(() -> Refusals.noTable(api.group(2)));
  }
}
