package dev.connections.core;

import dev.connections.api.Category;
import dev.connections.api.ConnectionException;
import dev.connections.api.ConsentFlow;
import dev.connections.api.Failure;
import dev.connections.api.Secret;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TokenStore;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditResult;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.pool.Lease;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.tokens.ConsentPlace;
import dev.connections.core.internal.tokens.PendingConsent;
import dev.connections.core.store.StoredConnection;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Consents of persons, from the address their browser goes to until the tokens are stored. Whoever
 * consents changes what the connection signs in with, so he must be one who may change it.
 */
record ConsentSteps(Workings workings) {
  private static final Duration USUAL = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  ConsentRequest begin(Actor actor, String id, URI redirect, CallOptions options) {
    refuseIfUnusable(redirect);
    Instant until = workings.clock().instant().plus(PATIENCE).truncatedTo(ChronoUnit.SECONDS);
    return with(
        actor,
        id,
        "begin",
        options,
        (flow, operation) -> {
          ConsentFlow.Visit visit =
              new ConsentFlow.Visit(redirect, Secret.of(id + "." + random()), Secret.of(random()));
          ConsentRequest request = new ConsentRequest(flow.address(visit), until);
          place(actor, id).begin(new PendingConsent(visit, actor.user(), until));
          return request;
        });
  }

  StoredConnection complete(Actor actor, URI address, CallOptions options) {
    ConsentCallback callback = ConsentCallback.of(address).orElseThrow(ConsentSteps::unknown);
    StoredConnection row = editable(actor, callback.connection());
    PendingConsent consent =
        place(actor, row.id())
            .take(
                pending ->
                    pending.visit().state().equals(callback.state())
                        && pending.user().equals(actor.user())
                        && workings.clock().instant().isBefore(pending.until()))
            .orElseThrow(() -> refused(actor, row.id()));
    Secret code = callback.code().orElseThrow(() -> notGiven(actor, row.id()));
    return with(
        actor,
        row.id(),
        "complete",
        options,
        (flow, operation) -> {
          TokenStore.Granted granted = flow.exchange(code, consent.visit(), operation);
          place(actor, row.id()).keep(granted);
          forget(row);
          return workings.access().see(actor, row.id());
        });
  }

  /** Somebody else may have consented than before, who sees something else. */
  private void forget(StoredConnection row) {
    workings.store().cachedMetadata().ifPresent(kept -> kept.forget(row.account(), row.id()));
    workings.leases().forget(row.account(), row.id());
  }

  /** What an actor may not see, he can't tell from a consent that isn't there. */
  private StoredConnection editable(Actor actor, String id) {
    try {
      return workings.access().require(actor, id, Permission.EDIT, AuditOperation.CONSENT);
    } catch (ConnectionException refused) {
      throw refused.category() == Category.NOT_FOUND ? unknown() : refused;
    }
  }

  private ConsentPlace place(Actor actor, String id) {
    StoredConnection row = workings.access().use(actor, id, AuditOperation.CONSENT);
    InstalledType type = workings.registry().require(row.type());
    return new ConsentPlace(workings.leases().tokenPlace(actor, row, type), workings.clock());
  }

  private <T> T with(
      Actor actor,
      String id,
      String step,
      CallOptions options,
      BiFunction<ConsentFlow, CallOperation, T> body) {
    StoredConnection row =
        workings.access().require(actor, id, Permission.EDIT, AuditOperation.CONSENT);
    InstalledType type = workings.registry().require(row.type());
    if (!type.features().contains(ConsentFlow.class)) {
      throw unsupported(type);
    }
    return workings
        .calls()
        .call(
            "consent",
            USUAL,
            options,
            operation -> {
              Leases.Purpose purpose = Leases.Purpose.of(AuditOperation.CONSENT, step);
              try (Lease lease = workings.leases().lease(actor, id, purpose, operation)) {
                ConsentFlow flow =
                    lease.adapter().as(ConsentFlow.class).orElseThrow(() -> unsupported(type));
                return body.apply(flow, operation);
              }
            });
  }

  private static ConnectionException unsupported(InstalledType type) {
    String name = type.type().displayName();
    return Failure.of(
            StandardErrorCode.UNSUPPORTED,
            "This connection to " + name + " doesn't sign in by a person's consent.")
        .withRemedy("Choose the grant authorization_code, if " + name + " has it.")
        .asException();
  }

  private ConnectionException refused(Actor actor, String id) {
    ConnectionException unknown = unknown();
    workings
        .audit()
        .after(
            workings.audit().of(actor, AuditOperation.CONSENT).connection(id).object("complete"),
            AuditResult.DENIED,
            unknown);
    return unknown;
  }

  private ConnectionException notGiven(Actor actor, String id) {
    ConnectionException none =
        Failure.of(StandardErrorCode.CONSENT_NEEDED, "The consent wasn't given.")
            .withRemedy("Begin again, sign in at the service and allow the access.")
            .asException();
    workings
        .audit()
        .after(
            workings.audit().of(actor, AuditOperation.CONSENT).connection(id).object("complete"),
            AuditResult.FAILED,
            none);
    return none;
  }

  /** Which of the reasons it is helps nobody but who guesses. */
  private static ConnectionException unknown() {
    return Failure.of(
            CoreErrorCode.NO_SUCH_CONSENT,
            "There is no consent under way that this would complete.")
        .withRemedy(
            "Begin again. A consent is completed once, within ten minutes, by who began it, and by"
                + " the last one that was begun for the connection.")
        .asException();
  }

  /** The code goes there: only encrypted, or on this machine. */
  private static void refuseIfUnusable(URI redirect) {
    String scheme = redirect.isAbsolute() ? redirect.getScheme().toLowerCase(Locale.ROOT) : "";
    String host = redirect.getHost() == null ? "" : redirect.getHost().toLowerCase(Locale.ROOT);
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    boolean encrypted = scheme.equals("https") || (scheme.equals("http") && here);
    if (!encrypted
        || host.isEmpty()
        || redirect.getRawUserInfo() != null
        || redirect.getRawFragment() != null) {
      throw Failure.of(
              CoreErrorCode.INVALID_ARGUMENT,
              "The address to come back to isn't one of https without a user and a fragment.")
          .withRemedy("Take the address that is registered with the service.")
          .asException();
    }
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
