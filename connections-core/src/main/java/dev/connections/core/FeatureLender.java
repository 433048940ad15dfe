package dev.connections.core;

import dev.connections.api.ConnectionException;
import dev.connections.api.Failure;
import dev.connections.api.StandardFailures;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.internal.calls.CallOperation;
import dev.connections.core.internal.pool.Lease;
import dev.connections.core.internal.registry.InstalledType;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.StoredConnection;
import java.time.Duration;

/** Lends features of adapters to blocks of the host's code. */
record FeatureLender(Workings workings) {
  private static final Duration USUAL = Duration.ofSeconds(60);

  <F, T, X extends Exception> T use(
      Actor actor,
      String id,
      Class<F> feature,
      FeatureUse<? super F, T, X> body,
      CallOptions options)
      throws X {
    StoredConnection row = workings.access().use(actor, id, AuditOperation.USE);
    InstalledType type = workings.registry().require(row.type());
    ConnectionException unsupported = unsupported(type, feature);
    if (!type.features().contains(feature)) {
      throw unsupported;
    }
    CallOperation operation = workings.calls().begin("call", USUAL, options);
    try {
      return workings
          .observer()
          .timedBlock(
              ObservedOperation.USE,
              () -> {
                Leases.Purpose purpose =
                    Leases.Purpose.of(AuditOperation.USE, feature.getSimpleName());
                try (Lease lease = workings.leases().lease(actor, id, purpose, operation)) {
                  F offered = lease.adapter().as(feature).orElseThrow(() -> unsupported);
                  return body.use(offered, operation);
                }
              });
    } finally {
      workings.calls().end(operation);
    }
  }

  private static ConnectionException unsupported(InstalledType type, Class<?> feature) {
    Failure failure = StandardFailures.unsupportedFeature(type.type().displayName(), feature);
    return failure.asException();
  }
}
