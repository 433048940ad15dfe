package dev.connections.core;

import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.Operation;
import dev.connections.api.Secret;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.internal.calls.CallScope;
import dev.connections.core.internal.pool.AdapterKey;
import dev.connections.core.internal.pool.Admission;
import dev.connections.core.internal.pool.Lease;
import dev.connections.core.internal.pool.Opening;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.internal.tokens.SealedTokens;
import dev.connections.core.internal.tokens.StoredTokens;
import dev.connections.core.internal.tokens.TokenPlace;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.StoredConnection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lends adapters. Each time, and also where the adapter is open already, it is decided anew whether
 * the actor may use the connection as it is stored now, and the audit log is told; then only are
 * secrets decrypted or the adapter handed out.
 */
record Leases(Workings workings) {
  private static final String REFRESH_TOKEN = "authentication.refresh_token";

  /**
   * What an adapter is wanted for.
   *
   * @param operation what is done
   * @param object what of the source is meant
   */
  record Purpose(AuditOperation operation, Optional<String> object) {
    static Purpose of(AuditOperation operation) {
      return new Purpose(operation, Optional.empty());
    }

    static Purpose of(AuditOperation operation, String object) {
      return new Purpose(operation, Optional.of(object));
    }
  }

  /** Does something with the adapter of a stored connection. */
  <T> T with(
      Actor actor,
      String id,
      Purpose purpose,
      Operation operation,
      Function<ConnectionAdapter, T> body) {
    try (Lease lease = lease(actor, id, purpose, operation)) {
      return body.apply(lease.adapter());
    }
  }

  Lease lease(Actor actor, String id, Purpose purpose, Operation operation) {
    StoredConnection row = workings.access().use(actor, id, purpose.operation);
    InstalledType type = workings.registry().require(row.type());
    AdapterKey key = new AdapterKey(actor.account(), id, row.configurationVersion());
    return workings
        .pool()
        .lease(
            key,
            () -> workings.audit().before(released(actor, row, purpose, type)),
            () -> opening(actor, row, type),
            operation);
  }

  private AuditRecord released(
      Actor actor, StoredConnection row, Purpose purpose, InstalledType type) {
    AuditRecord.Builder record =
        workings
            .audit()
            .of(actor, purpose.operation)
            .connection(row.id())
            .fields(workings.configurations().secretsSet(row, type));
    purpose.object.map(Audit::storable).ifPresent(record::object);
    return record.build();
  }

  private Opening opening(Actor actor, StoredConnection row, InstalledType type) {
    return workings
        .observer()
        .timed(
            ObservedOperation.OPEN,
            () -> {
              ConfigurationValues values = workings.configurations().open(row, type);
              ConfigurationValues followed = followed(actor, Optional.of(row.id()), type, values);
              CallScope scope = new CallScope(row.account(), row.id());
              return opening(
                  scope,
                  row.configurationVersion(),
                  type,
                  followed,
                  () -> tokens(row, firstTokens(followed), Credentials.fingerprint(type, values)));
            });
  }

  /** Where the tokens of a connection lie, as its configuration is now. */
  TokenPlace tokenPlace(Actor actor, StoredConnection row, InstalledType type) {
    ConfigurationValues values = workings.configurations().open(row, type);
    ConfigurationValues followed = followed(actor, Optional.of(row.id()), type, values);
    return tokens(row, firstTokens(followed), Credentials.fingerprint(type, values));
  }

  private ConfigurationValues followed(
      Actor actor, Optional<String> id, InstalledType type, ConfigurationValues values) {
    References.Witness witness = References.auditing(workings.audit(), actor, id);
    return workings.references().followed(actor.account(), type, values, witness);
  }

  private TokenPlace tokens(StoredConnection row, StoredTokens first, String credentials) {
    return new SealedTokens(
        workings.store().tokenRows(),
        workings.cipher(),
        new SealedTokens.Owner(row.account(), row.id(), row.configurationVersion(), credentials),
        first);
  }

  private Opening opening(
      CallScope scope,
      long version,
      InstalledType type,
      ConfigurationValues values,
      Supplier<TokenPlace> tokens) {
    return new Opening(
        type.provider(),
        Configurations.bind(type, values),
        workings
            .runtime()
            .contextFor(
                scope,
                workings.tokens().of(scope, version, tokens),
                workings.observer().events(type.type().id()),
                Configurations.roundTripTimeout(type, values)));
  }

  private static StoredTokens firstTokens(ConfigurationValues values) {
    return values
        .find(REFRESH_TOKEN)
        .filter(Secret.class::isInstance)
        .map(token -> StoredTokens.seededWith((Secret) token))
        .orElse(StoredTokens.NONE);
  }

  /** Does something with the adapter of values that aren't stored; it is closed afterwards. */
  <T> T once(
      Admission admission,
      InstalledType type,
      ConfigurationValues values,
      Actor actor,
      Function<ConnectionAdapter, T> body) {
    CallScope scope = new CallScope(actor.account(), "draft " + UUID.randomUUID());
    Supplier<Opening> opening =
        () -> {
          ConfigurationValues followed = followed(actor, Optional.empty(), type, values);
          return opening(
              scope, 0, type, followed, () -> TokenPlace.inMemory(firstTokens(followed)));
        };
    try (Lease lease = workings.pool().once(admission, opening)) {
      return body.apply(lease.adapter());
    } finally {
      workings.tokens().forget(scope);
      workings.runtime().forget(scope);
    }
  }

  /** Forgets all that was opened and read with a configuration that is no more. */
  void forget(String account, String id) {
    workings.pool().retire(account, id);
    workings.cache().invalidate(account, id);
    workings.tokens().forget(new CallScope(account, id));
  }
}
