package dev.connections.core.store;

import dev.connections.core.Connections;
import dev.connections.core.audit.AuditTrail;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.secrets.KeySource;
import dev.connections.testkit.SyntheticSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** All of core over an empty store, with the audit log of the store where it has one. */
abstract class AuditedStoreContract {
  final SyntheticSource source = SyntheticSource.create();
  AuditTrail trail;
  Connections connections;

  /** {@return an empty store} It is closed after the test. */
  protected abstract ConnectionStore emptyStore() throws Exception;

  @BeforeEach
  final void open() throws Exception {
    ConnectionStore store = emptyStore();
    trail =
        store
            .auditLog()
            .filter(AuditTrail.class::isInstance)
            .map(AuditTrail.class::cast)
            .orElseGet(InMemoryAuditLog::create);
    connections =
        Connections.builder()
            .store(store)
            .audit(trail)
            .keys(KeySource.ephemeral())
            .provider(source.provider())
            .pluginLoader(Optional.empty())
            .build();
  }

  @AfterEach
  final void close() {
    connections.close();
  }
}
