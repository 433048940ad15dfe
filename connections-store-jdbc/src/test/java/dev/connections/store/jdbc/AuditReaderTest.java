package dev.connections.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Page;
import dev.connections.api.StandardErrorCode;
import dev.connections.core.AuditReader;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.Connections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.secrets.KeySource;
import dev.connections.testkit.SyntheticSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What admins learn of the audit log, and nobody else. */
final class AuditReaderTest {
  private static final Actor ROOT = Actor.of("acme", "root", Role.ADMIN);
  private static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);

  private final SyntheticSource source = SyntheticSource.create();

  @TempDir Path directory;
  private Connections connections;

  @BeforeEach
  void open() {
    connections =
        Connections.builder()
            .store(SqliteStore.at(directory.resolve("connections.db")))
            .keys(KeySource.ephemeral())
            .provider(source.provider())
            .pluginLoader(Optional.empty())
            .build();
  }

  @AfterEach
  void close() {
    connections.close();
  }

  private AuditReader of(Actor actor) {
    return connections.as(actor).audit();
  }

  private Connection created(String name, String workspace) {
    return connections
        .as(ADA)
        .create(
            ConnectionDraft.of("synthetic", name)
                .configuration(source.configuration())
                .workspace(workspace));
  }

  private static List<AuditOperation> operations(Page<AuditEntry> page) {
    return page.items().stream().map(entry -> entry.record().operation()).toList();
  }

  @Test
  void an_admin_of_the_account_reads_all_also_of_what_is_deleted() {
    Connection made = created("Sales", "north");
    connections.as(ADA).test(made.id());
    connections.as(ADA).delete(made.id());
    assertThat(operations(of(ROOT).find(AuditQuery.all().connection(made.id()))))
        .containsExactly(AuditOperation.DELETE, AuditOperation.TEST, AuditOperation.CREATE);
    assertThat(of(ROOT).check().sound()).isTrue();
    assertThat(of(ROOT).check().last()).isEqualTo(3);
  }

  @Test
  void an_admin_of_a_workspace_reads_of_one_connection_that_he_sees() {
    Connection north = created("Sales", "north");
    Connection south = created("Sales", "south");
    AuditReader reader = of(ROOT.in("north"));
    assertThat(operations(reader.find(AuditQuery.all().connection(north.id()))))
        .containsExactly(AuditOperation.CREATE);
    Rows.failing(
        () -> reader.find(AuditQuery.all().connection(south.id())), StandardErrorCode.NOT_FOUND);
    Rows.failing(() -> reader.find(AuditQuery.all()), StandardErrorCode.PERMISSION_DENIED);
    Rows.failing(reader::check, StandardErrorCode.PERMISSION_DENIED);
  }

  @Test
  void a_member_reads_nothing_not_even_of_what_is_his_and_another_account_sees_its_own() {
    Connection made = created("Sales", "north");
    Rows.failing(
        () -> of(ADA).find(AuditQuery.all().connection(made.id())),
        StandardErrorCode.PERMISSION_DENIED);
    Rows.failing(of(ADA)::check, StandardErrorCode.PERMISSION_DENIED);
    AuditReader foreign = of(Actor.of("other", "root", Role.ADMIN));
    assertThat(foreign.find(AuditQuery.all()).items()).isEmpty();
    assertThat(foreign.find(AuditQuery.all().connection(made.id())).items()).isEmpty();
  }

  @Test
  void pages_lead_to_each_other_and_the_last_says_that_it_is_the_last() {
    for (int i = 0; i < 6; i++) {
      created("Sales " + i, "north");
    }
    AuditQuery query = AuditQuery.all().limit(2);
    List<Long> numbers = new ArrayList<>();
    Page<AuditEntry> page = of(ROOT).find(query);
    page.items().forEach(entry -> numbers.add(entry.number()));
    while (page.next().isPresent()) {
      page = of(ROOT).find(query.before(Long.parseLong(page.next().get())));
      page.items().forEach(entry -> numbers.add(entry.number()));
    }
    assertThat(numbers).containsExactly(6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(page.items()).hasSize(2);
  }

  @Test
  void the_operator_cuts_old_records_off_and_the_rest_stays_sound() {
    created("Sales", "north");
    Instant later = Clock.systemUTC().instant().plusSeconds(60);
    assertThat(connections.cutAudit(ROOT, later)).isEqualTo(1);
    assertThat(operations(of(ROOT).find(AuditQuery.all())))
        .containsExactly(AuditOperation.CUT_AUDIT);
    assertThat(of(ROOT).check().sound()).isTrue();
    assertThat(of(ROOT).check().cutOff()).isEqualTo(1);
  }
}
