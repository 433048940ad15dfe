package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableQuery;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.ConnectionUpdate;
import dev.connections.core.Connections;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.AccessRules;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Permission;
import dev.connections.core.access.Role;
import dev.connections.core.access.Visibility;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.secrets.KeySource;
import dev.connections.testkit.SyntheticSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Walks the table of who may do what over a store: each actor, each visibility, with the locked
 * flag and without, each operation. A store's test extends it.
 */
public abstract class AccessContract {
  private static final Actor ROOT = Actor.of("acme", "root", Role.ADMIN);
  private static final Actor OWNER = Actor.of("acme", "ada", Role.MEMBER);

  private static final List<Actor> ACTORS =
      List.of(
          ROOT,
          OWNER,
          Actor.of("acme", "bob", Role.MEMBER),
          ROOT.in("south"),
          OWNER.in("north"),
          Actor.of("other", "ada", Role.ADMIN));

  private final SyntheticSource source = SyntheticSource.create();

  /** {@return an empty store} It is closed after the test. */
  protected abstract ConnectionStore emptyStore() throws Exception;

  /** Something that an actor tries. */
  private interface Trial {
    void by(TenantConnections actor, Connection connection);
  }

  /** What is tried, with the right it needs; deleting comes last. */
  private static Map<Trial, Permission> trials(boolean locked) {
    Map<Trial, Permission> trials = new LinkedHashMap<>();
    trials.put((actor, it) -> actor.get(it.id()), Permission.SEE);
    trials.put((actor, it) -> actor.quotas(it.id()), Permission.SEE);
    trials.put(
        (actor, it) -> actor.history().tests(HistoryQuery.ofTests().connection(it.id())),
        Permission.SEE);
    trials.put(
        (actor, it) -> actor.history().imports(HistoryQuery.ofImports().connection(it.id())),
        Permission.SEE);
    trials.put((actor, it) -> actor.test(it.id()), Permission.USE);
    trials.put((actor, it) -> actor.listSchemas(it.id()), Permission.USE);
    trials.put(
        (actor, it) -> actor.listTables(it.id(), TableQuery.of(SyntheticSource.schema(0))),
        Permission.USE);
    trials.put(
        (actor, it) -> actor.getTableMetadata(it.id(), SyntheticSource.table(0, 0)),
        Permission.USE);
    trials.put((actor, it) -> actor.invalidateMetadata(it.id()), Permission.USE);
    trials.put((actor, it) -> actor.previewImport(it.id()), Permission.USE);
    trials.put(
        (actor, it) ->
            actor
                .importMetadata(
                    it.id(),
                    ImportOptions.ofTables(SyntheticSource.table(0, 0)),
                    ImportListener.NONE)
                .join()
                .orThrow(),
        Permission.USE);
    trials.put(
        (actor, it) -> actor.use(it.id(), RowPreview.class, (rows, operation) -> true),
        Permission.USE);
    trials.put(
        (actor, it) -> actor.update(it.id(), ConnectionUpdate.of(it).description("changed")),
        Permission.EDIT);
    trials.put(
        locked ? (actor, it) -> actor.unlock(it.id()) : (actor, it) -> actor.lock(it.id()),
        locked ? Permission.UNLOCK : Permission.LOCK);
    trials.put((actor, it) -> actor.delete(it.id()), Permission.DELETE);
    return trials;
  }

  @Test
  void everybody_may_do_what_the_table_says_and_nothing_else() throws Exception {
    int tried = 0;
    try (Connections connections =
        Connections.builder()
            .store(emptyStore())
            .keys(KeySource.ephemeral())
            .provider(source.provider())
            .pluginLoader(Optional.empty())
            .build()) {
      for (Visibility visibility : Visibility.values()) {
        for (boolean locked : new boolean[] {false, true}) {
          for (Actor actor : ACTORS) {
            Connection made = made(connections, visibility, locked);
            for (Map.Entry<Trial, Permission> trial : trials(locked).entrySet()) {
              check(connections.as(actor), made, trial.getKey(), trial.getValue());
              made = asItWas(connections.as(ROOT), made);
              tried++;
            }
            cleared(connections.as(ROOT), made);
          }
        }
      }
    }
    assertThat(tried).isEqualTo(3 * 2 * ACTORS.size() * 15);
  }

  private Connection made(Connections connections, Visibility visibility, boolean locked) {
    Connection made =
        connections
            .as(OWNER)
            .create(
                ConnectionDraft.of("synthetic", "Sales")
                    .configuration(source.configuration(1, 3, 2))
                    .workspace("north")
                    .visibility(visibility));
    return locked ? connections.as(ROOT).lock(made.id()) : made;
  }

  /** The connection after a trial, with its flag put back; deleting is tried last. */
  private static Connection asItWas(TenantConnections root, Connection made) {
    if (root.count(ConnectionFilter.all()) == 0) {
      return made;
    }
    Connection now = root.get(made.id());
    if (now.locked() == made.locked()) {
      return now;
    }
    return made.locked() ? root.lock(made.id()) : root.unlock(made.id());
  }

  private static void cleared(TenantConnections root, Connection made) {
    if (root.count(ConnectionFilter.all()) == 1) {
      root.unlock(made.id());
      root.delete(made.id());
    }
  }

  private static void check(
      TenantConnections actor, Connection made, Trial trial, Permission needed) {
    Set<Permission> allowed = AccessRules.permissions(actor.actor(), made.ownership());
    String what = actor.actor() + " needs " + needed + " on " + made.ownership();
    assertThat(actor.count(ConnectionFilter.all()) == 1)
        .as("listed: %s", what)
        .isEqualTo(allowed.contains(Permission.SEE));
    Optional<String> refused = refusal(actor, made, trial);
    if (allowed.contains(needed)) {
      assertThat(refused).as(what).isEmpty();
    } else if (!allowed.contains(Permission.SEE)) {
      assertThat(refused).as(what).contains(StandardErrorCode.NOT_FOUND.id());
    } else {
      assertThat(refused.orElse("not refused"))
          .as(what)
          .isIn(StandardErrorCode.PERMISSION_DENIED.id(), CoreErrorCode.LOCKED.id());
    }
  }

  private static Optional<String> refusal(TenantConnections actor, Connection made, Trial trial) {
    try {
      trial.by(actor, made);
      return Optional.empty();
    } catch (ConnectionException refused) {
      return Optional.of(refused.code().id());
    }
  }
}
