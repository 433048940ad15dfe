package dev.connections.core.store;

import dev.connections.core.audit.AuditTrail;
import dev.connections.core.audit.InMemoryAuditLog;

final class InMemoryAuditTrailTest extends AuditTrailContract {
  @Override
  protected AuditTrail emptyTrail() {
    return InMemoryAuditLog.create();
  }
}
