package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditRecord;
import dev.connections.core.audit.InMemoryAuditLog;
import dev.connections.core.secrets.KeySource;
import dev.connections.core.store.InMemoryConnectionStore;
import dev.connections.testkit.SyntheticSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Connections over a synthetic source, for one test. */
final class Stage implements AutoCloseable {
  static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);
  static final Actor BOB = Actor.of("acme", "bob", Role.MEMBER);
  static final Actor ROOT = Actor.of("acme", "root", Role.ADMIN);
  static final Actor EVE = Actor.of("other", "ada", Role.ADMIN);

  final SyntheticSource source = SyntheticSource.create();
  final InMemoryConnectionStore store = InMemoryConnectionStore.create();
  final KeySource keys = KeySource.ephemeral();
  final InMemoryAuditLog audit = InMemoryAuditLog.create();
  final Connections connections;
  final TenantConnections ada;

  private Stage(UnaryOperator<Connections.Builder> more) {
    this.connections =
        more.apply(
                Connections.builder()
                    .store(store)
                    .keys(keys)
                    .audit(audit)
                    .provider(source.provider())
                    .pluginLoader(Optional.empty())
                    .drainTimeout(Duration.ofSeconds(10)))
            .build();
    this.ada = connections.as(ADA);
  }

  static Stage set() {
    return new Stage(builder -> builder);
  }

  static Stage set(UnaryOperator<Connections.Builder> more) {
    return new Stage(more);
  }

  ConnectionDraft draft(String name) {
    return ConnectionDraft.of("synthetic", name).configuration(source.configuration());
  }

  Connection created(String name) {
    return ada.create(draft(name));
  }

  Connection shared(String name) {
    return ada.create(draft(name).visibility(Visibility.PUBLIC));
  }

  List<AuditRecord> audited(AuditOperation operation) {
    return audit.records("acme").stream()
        .filter(record -> record.operation() == operation)
        .toList();
  }

  static ConnectionException failing(ThrowingCallable call, ErrorCode code) {
    ConnectionException thrown = catchThrowableOfType(ConnectionException.class, call);
    assertThat(thrown).as("fails with %s", code.id()).isNotNull();
    assertThat(thrown.code().id()).as(thrown.getMessage()).isEqualTo(code.id());
    return thrown;
  }

  @Override
  public void close() {
    source.faults().letGo();
    connections.close();
  }
}
