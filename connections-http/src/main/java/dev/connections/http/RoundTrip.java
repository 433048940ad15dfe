package dev.connections.http;

import dev.connections.api.Attempt;
import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.Quota;
import dev.connections.api.Registration;
import dev.connections.api.StandardErrorCode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** One attempt at a request: dials, follows redirects, judges the answer and has it read. */
final class RoundTrip {
  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Client client;
  private final HttpSettings settings;
  private final HttpFailures failures;
  private final AnswerRule rule;
  private final Consumer<Quota> quotas;

  RoundTrip(
      Client client,
      HttpSettings settings,
      HttpFailures failures,
      AnswerRule rule,
      Consumer<Quota> quotas) {
    this.client = client;
    this.settings = settings;
    this.failures = failures;
    this.rule = rule;
    this.quotas = quotas;
  }

  /** An answer that was read, or where it sends us. */
  private record Outcome<T>(Optional<HttpUrl> next, Optional<T> read) {}

  /**
   * What is sent, the first time or after a redirect.
   *
   * @param elsewhere whether it goes to another server than the first
   * @param known whether that server may see our certificate
   */
  private record Hop(Request sent, boolean elsewhere, boolean known) {}

  <T> T make(
      HttpRequest request,
      Authentication.Credential credential,
      Attempt attempt,
      AnswerReader<T> reader) {
    URI base = credential.endpoint().orElse(settings.base());
    HttpUrl first = address(request, base);
    boolean ours =
        Target.of(first).equals(Target.of(base))
            || Target.of(first).equals(Target.of(settings.base()));
    // An address that an answer gave is only ever read.
    boolean known = ours || request.method() != HttpRequest.Method.GET;
    long deadline = System.nanoTime() + attempt.timeout().toNanos();
    HttpUrl url = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      boolean home = Target.of(url).equals(Target.of(first));
      Request sent = sent(request, url, home, ours ? credential : NOTHING);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      Outcome<T> outcome =
          once(request, new Hop(sent, !home, home && known), left, attempt, reader);
      if (outcome.next().isEmpty()) {
        return outcome.read().orElseThrow();
      }
      url = outcome.next().get();
    }
    throw redirected("in a circle");
  }

  private static final Authentication.Credential NOTHING =
      new Authentication.Credential(List.of(), Optional.empty(), Optional.empty());

  private HttpUrl address(HttpRequest request, URI base) {
    HttpUrl.Builder url =
        request.absolute().map(this::usable).orElseGet(() -> Target.url(base)).newBuilder();
    if (request.absolute().isEmpty()) {
      withoutLastSlash(url, Target.url(base));
      request.segments().forEach(url::addPathSegment);
    }
    request
        .query()
        .forEach(parameter -> url.addQueryParameter(parameter.name(), parameter.value()));
    return url.build();
  }

  /** An address may be a word of the service's, and anything. */
  private HttpUrl usable(URI address) {
    try {
      return Target.url(address);
    } catch (IllegalArgumentException unusable) {
      throw redirected("without a usable address");
    }
  }

  private static void withoutLastSlash(HttpUrl.Builder url, HttpUrl base) {
    int last = base.pathSize() - 1;
    if (base.pathSegments().get(last).isEmpty()) {
      url.removePathSegment(last);
    }
  }

  private Request sent(
      HttpRequest request, HttpUrl url, boolean home, Authentication.Credential credential) {
    Request.Builder builder = new Request.Builder().url(url).header("User-Agent", "connections");
    request.headers().forEach(header -> builder.header(header.name(), header.value()));
    if (home) {
      credential.headers().forEach(header -> add(builder, header));
      request.secretHeaders().forEach(header -> add(builder, header));
    }
    RequestBody body =
        request
            .body()
            .map(b -> RequestBody.create(b.content(), MediaType.parse(b.contentType())))
            .orElse(request.method() == HttpRequest.Method.GET ? null : RequestBody.EMPTY);
    return builder.method(request.method().name(), body).build();
  }

  /** The client refuses such a value too, and would repeat it in its exception. */
  private void add(Request.Builder builder, HttpRequest.SecretHeader header) {
    String value = header.value().use(String::new);
    if (!value.chars().allMatch(sign -> sign >= ' ' && sign <= '~')) {
      throw failures
          .of(
              StandardErrorCode.WRONG_CREDENTIALS,
              "The credentials for "
                  + settings.displayName()
                  + " hold a line break or another character that can't be sent.",
              "Enter them again, without what surrounds them.")
          .asException();
    }
    builder.header(header.name(), value);
  }

  private <T> Outcome<T> once(
      HttpRequest request, Hop hop, Duration left, Attempt attempt, AnswerReader<T> reader) {
    if (left.isNegative() || left.isZero()) {
      throw failures.of(StandardErrorCode.TIMEOUT).asException();
    }
    Target target = Target.of(hop.sent().url());
    Progress progress = new Progress();
    boolean answered = false;
    Call call = client.call(hop.sent(), hop.known(), left, progress);
    try (Registration hook = attempt.onCancel(call::cancel)) {
      expect(target);
      Outcome<T> outcome = answered(request, call, hop.elsewhere(), reader, hook);
      answered = true;
      return outcome;
    } catch (IOException broken) {
      boolean connecting = progress.stage() == Progress.Stage.CONNECTING;
      ConnectionException thrown =
          new BrokenExchange(
                  failures,
                  connecting ? client.dialled(target) : target,
                  progress.stage(),
                  client.proxied())
              .of(broken);
      throw hop.elsewhere() ? withoutForeignName(thrown) : thrown;
    } catch (ConnectionException refused) {
      throw hop.elsewhere() ? withoutForeignName(refused) : refused;
    } finally {
      client.names().forget();
      call.cancel(); // what wasn't read of an answer isn't waited for
      if (!answered && progress.shared() && progress.stage() == Progress.Stage.ASKED) {
        client.forgetIdle(); // it may be dead, and the next call would wait in vain, too
      }
    }
  }

  /** The name of a server that we are sent to is a word of the service's, and may be anything. */
  private ConnectionException withoutForeignName(ConnectionException thrown) {
    boolean names =
        thrown.category() == Category.UNREACHABLE || thrown.is(StandardErrorCode.EGRESS_REFUSED);
    return names
        ? failures
            .of(
                thrown.code(),
                settings.displayName() + " sends us to another server, which can't be reached.",
                "Check the address, and whether this application may reach what it leads to.")
            .asException()
        : thrown;
  }

  private void expect(Target target) {
    try {
      client.names().expect(target);
    } catch (ConnectionException refused) {
      throw failures.named(refused);
    }
  }

  @SuppressWarnings("unused") // the hook is held while the answer is read
  private <T> Outcome<T> answered(
      HttpRequest request, Call call, boolean elsewhere, AnswerReader<T> reader, Registration hook)
      throws IOException {
    try (Response response = call.execute()) {
      Answer answer = new Answer(response, settings.largestAnswer(), elsewhere);
      try {
        return judged(request, response, answer, reader);
      } finally {
        if (!answer.ended()) {
          call.cancel();
        }
      }
    }
  }

  private <T> Outcome<T> judged(
      HttpRequest request, Response response, Answer answer, AnswerReader<T> reader)
      throws IOException {
    if (REDIRECTS.contains(answer.status()) && !request.expects(answer.status())) {
      return new Outcome<>(Optional.of(next(request, response)), Optional.empty());
    }
    rule.quota(answer).ifPresent(quotas);
    Optional<ConnectionException> judged = rule.judge(answer);
    if (judged.isPresent()) {
      throw judged.get();
    }
    if (!request.expects(answer.status())) {
      throw failures.ofStatus(answer);
    }
    if (response.body().contentLength() > settings.largestAnswer()) {
      throw new CappedStream.TooLarge();
    }
    return new Outcome<>(Optional.empty(), Optional.of(reader.read(answer)));
  }

  private HttpUrl next(HttpRequest request, Response response) {
    if (request.method() != HttpRequest.Method.GET) {
      throw redirected("although the request changes something");
    }
    String location = Optional.ofNullable(response.header("Location")).orElse("");
    HttpUrl next = response.request().url().resolve(location);
    if (location.isEmpty() || next == null) {
      throw redirected("without a usable address");
    }
    if (response.request().isHttps() && !next.isHttps()) {
      throw redirected("to a channel that isn't encrypted");
    }
    return next.newBuilder().username("").password("").build();
  }

  private ConnectionException redirected(String how) {
    Failure general = failures.of(HttpErrorCode.REDIRECT_REFUSED);
    return failures
        .of(
            HttpErrorCode.REDIRECT_REFUSED,
            settings.displayName() + " sends us elsewhere, " + how + ".",
            general.remedy().orElse(""))
        .asException();
  }
}
