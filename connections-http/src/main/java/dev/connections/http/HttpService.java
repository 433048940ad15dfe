package dev.connections.http;

import dev.connections.api.AdapterContext;
import dev.connections.api.AdapterLife;
import dev.connections.api.CallLimits;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCalls;
import dev.connections.api.StandardErrorCode;
import java.util.Optional;
import java.util.function.Function;

/**
 * One service on the web, as one connection reaches it. An adapter opens one, makes its round trips
 * through it and closes it.
 *
 * <p>Every address is resolved by the host's egress policy and dialled as it was checked; redirects
 * are followed here, each is checked again, and credentials don't follow to another server. There
 * are no cookies. An answer is read up to a limit. What goes wrong is a {@link ConnectionException}
 * with a precise code and without a word of the service's.
 *
 * <p>Safe for any thread.
 */
public final class HttpService implements AutoCloseable {
  private final HttpSettings settings;
  private final AdapterContext context;
  private final RemoteCalls calls;
  private final Client client;
  private final HttpFailures failures;
  private final AdapterLife life;
  private final Authentication authentication;
  private final AnswerRule rule;

  private HttpService(
      HttpSettings settings,
      AdapterContext context,
      RemoteCalls calls,
      Client client,
      AdapterLife life,
      Authentication authentication,
      AnswerRule rule) {
    this.settings = settings;
    this.context = context;
    this.calls = calls;
    this.client = client;
    this.failures = new HttpFailures(settings, context.clock());
    this.life = life;
    this.authentication = authentication;
    this.rule = rule;
  }

  /**
   * {@return a service that is asked without credentials; nothing is dialled yet}
   *
   * @param settings how to reach it
   * @param limits what it bears
   * @param context the adapter's surroundings
   * @throws ConnectionException if certificates or key of the settings can't be used
   */
  public static HttpService open(HttpSettings settings, CallLimits limits, AdapterContext context) {
    return new HttpService(
        settings,
        context,
        context.calls(limits),
        new Client(settings, context.egress()),
        new AdapterLife(),
        Authentication.none(),
        AnswerRule.NONE);
  }

  /**
   * {@return the same service, asked with credentials} Both share limits and connections, and end
   * together.
   *
   * @param other what requests say
   */
  public HttpService signing(Authentication other) {
    return new HttpService(settings, context, calls, client, life, other, rule);
  }

  /**
   * {@return the same service, whose answers are judged by a rule before their status counts} Both
   * share limits and connections, and end together.
   *
   * @param other what the service means by its answers
   */
  public HttpService judging(AnswerRule other) {
    return new HttpService(settings, context, calls, client, life, authentication, other);
  }

  /**
   * {@return the same service, whose calls keep other limits} For a part of the service that bears
   * less, or whose budget others share. Both share connections, and end together.
   *
   * @param other what that part bears
   */
  public HttpService limited(CallLimits other) {
    return new HttpService(
        settings, context, context.calls(other), client, life, authentication, rule);
  }

  /**
   * {@return an operation that also ends when this service is closed} The adapter's methods wrap
   * what they are given.
   *
   * @param operation what the adapter was given
   * @throws ConnectionException with {@link StandardErrorCode#CANCELLED} if it is closed already
   */
  public Operation during(Operation operation) {
    return life.during(operation);
  }

  /** {@return the failures of this service, in its words} */
  public HttpFailures failures() {
    return failures;
  }

  /** {@return how the service is reached} */
  public HttpSettings settings() {
    return settings;
  }

  /** {@return whether the channel is encrypted} */
  public boolean secure() {
    return Target.of(settings.base()).secure();
  }

  /**
   * Makes a round trip that may be repeated. A refused token is renewed once, between two calls.
   *
   * @param name what the call is, in a few words and without values
   * @param request what is asked
   * @param reader reads what is answered, on the thread of the call
   * @param operation deadline and cancellation
   * @param <T> what is read; not null
   * @return what the reader gave
   * @throws ConnectionException with a precise code
   */
  public <T> T read(String name, HttpRequest request, AnswerReader<T> reader, Operation operation) {
    return signed(
        operation,
        credential ->
            calls.read(
                name,
                operation,
                attempt -> roundTrip().make(request, credential, attempt, reader)));
  }

  /**
   * Makes a round trip that is tried once, because it changes something. A request that was refused
   * for its token changed nothing and is made again with a new one.
   *
   * @param name what the call is, in a few words and without values
   * @param request what is asked
   * @param reader reads what is answered, on the thread of the call
   * @param operation deadline and cancellation
   * @param <T> what is read; not null
   * @return what the reader gave
   * @throws ConnectionException with a precise code
   */
  public <T> T write(
      String name, HttpRequest request, AnswerReader<T> reader, Operation operation) {
    return signed(
        operation,
        credential ->
            calls.write(
                name,
                operation,
                attempt -> roundTrip().make(request, credential, attempt, reader)));
  }

  private RoundTrip roundTrip() {
    return new RoundTrip(client, settings, failures, rule, calls::observe);
  }

  private <T> T signed(Operation operation, Function<Authentication.Credential, T> call) {
    Authentication.Credential credential = authentication.current(operation);
    try {
      return call.apply(credential);
    } catch (ConnectionException refused) {
      if (refused.category() != Category.AUTHENTICATION) {
        throw failures.named(refused); // what ended it before it was sent knows no field
      }
      Optional<Authentication.Credential> renewed = authentication.renewed(credential, operation);
      return call.apply(renewed.orElseThrow(() -> refused));
    }
  }

  /**
   * Finds the addresses of the service, or of its proxy, and checks them.
   *
   * @throws ConnectionException as {@link dev.connections.api.EgressPolicy#resolve} does
   */
  public void resolve() {
    Target dialled = client.dialled(Target.of(settings.base()));
    try {
      context.egress().resolve(dialled.host(), dialled.port());
    } catch (ConnectionException refused) {
      throw failures.named(refused);
    }
  }

  /** Ends running calls and closes the connections. Calling it again does nothing. */
  @Override
  public void close() {
    life.end();
    client.close();
  }
}
