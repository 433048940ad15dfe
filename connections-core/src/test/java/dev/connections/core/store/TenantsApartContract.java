package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Page;
import dev.connections.api.Quota;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.Connections;
import dev.connections.core.ListRequest;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.history.HistoryQuery;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.testkit.SyntheticSource;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Walks every public method of every door over a store: what an actor may not see answers like what
 * doesn't exist. A method that is added later is found by itself, and has to get its row in {@link
 * TenantsApartContractRows}. A store's test extends it.
 */
public abstract class TenantsApartContract extends AuditedStoreContract {
  static final String MARK = "mark-7c21f0";

  private static final Actor ADA = Actor.of("acme", "ada", Role.MEMBER);
  private static final Actor EVE = Actor.of("other", "ada", Role.ADMIN);

  /** Who may not see it: another account, whoever his name is; another user; another workspace. */
  private static final List<Actor> OUTSIDERS =
      List.of(
          EVE,
          EVE.in("north"),
          Actor.of("acme", "bob", Role.MEMBER),
          Actor.of("acme", "root", Role.ADMIN).in("south"),
          ADA.in("south"));

  private TenantConnections ada;
  private Connection hers;

  @BeforeEach
  final void begin() {
    ada = connections.as(ADA);
    hers = used();
  }

  /** A connection of which there is something in every table. */
  private Connection used() {
    source.tellAllowance(
        Optional.of(new Quota(MARK, OptionalLong.of(7), OptionalLong.of(1000), Optional.empty())));
    String id =
        ada.create(
                ConnectionDraft.of("synthetic", "Hers")
                    .configuration(source.configuration(2, 3, 2))
                    .description(MARK)
                    .workspace("north"))
            .id();
    ada.test(id);
    ada.listSchemas(id);
    ada.getTableMetadata(id, SyntheticSource.table(0, 0));
    ada.importMetadata(id, ImportOptions.all(), ImportListener.NONE).join().orThrow();
    assertThat(ada.quotas(id)).isNotEmpty();
    return ada.get(id);
  }

  private List<AuditEntry> audited() {
    return trail.find("acme", AuditQuery.all().connection(hers.id()));
  }

  /** The classes of core that a host calls, as they are reached from {@link Connections}. */
  private static Set<Class<?>> doors() {
    Set<Class<?>> doors = new LinkedHashSet<>(List.of(Connections.class));
    List<Class<?>> next = new ArrayList<>(doors);
    while (!next.isEmpty()) {
      for (Method method : methods(next.remove(0))) {
        Class<?> given = method.getReturnType();
        boolean door =
            given.getPackage() == Connections.class.getPackage()
                && !given.isRecord()
                && !given.isEnum()
                && !given.isInterface()
                && given != Connections.Builder.class;
        if (door && doors.add(given)) {
          next.add(given);
        }
      }
    }
    return doors;
  }

  private static List<Method> methods(Class<?> door) {
    return Arrays.stream(door.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .toList();
  }

  private static String signature(Method method) {
    List<String> types =
        Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return method.getDeclaringClass().getSimpleName()
        + "."
        + method.getName()
        + "("
        + String.join(", ", types)
        + ")";
  }

  @Test
  void each_public_method_of_each_door_has_its_row_and_each_row_its_method() {
    Set<String> signatures = new TreeSet<>();
    doors().forEach(door -> methods(door).forEach(method -> signatures.add(signature(method))));
    assertThat(TenantsApartContractRows.ALL.keySet())
        .as("what an outsider gets of each method")
        .containsExactlyInAnyOrderElementsOf(signatures);
    assertThat(doors()).hasSizeGreaterThan(6);
  }

  @Test
  void what_an_actor_may_not_see_answers_like_what_does_not_exist() throws Exception {
    List<AuditEntry> before = audited();
    int walked = 0;
    for (Actor outsider : OUTSIDERS) {
      TenantsApartContractRows rows =
          new TenantsApartContractRows(connections, outsider, source, hers);
      for (Class<?> door : doors()) {
        for (Method method : methods(door)) {
          TenantsApartContractRows.ALL.get(signature(method)).hold(rows, method);
          walked++;
        }
      }
      assertThat(ada.get(hers.id())).isEqualTo(hers);
      assertThat(audited()).as("what is told of her connection").isEqualTo(before);
    }
    assertThat(walked).isGreaterThan(OUTSIDERS.size() * 50);
    assertThat(trail.find("other", AuditQuery.all().limit(1000)))
        .isNotEmpty()
        .noneMatch(entry -> entry.toString().contains(hers.id()));
    assertThat(trail.check("acme").cutOff()).isZero();
    assertThat(ada.history().imports(HistoryQuery.ofImports()).items()).hasSize(1);
    assertThat(ada.test(hers.id()).passed()).isTrue();
  }

  @Test
  void a_page_token_leads_nobody_to_what_is_not_his() {
    ada.create(
        ConnectionDraft.of("synthetic", "Second")
            .configuration(source.configuration(2, 3, 2))
            .description(MARK)
            .workspace("north"));
    ada.test(hers.id());
    String list = ada.list(ConnectionFilter.all(), ListRequest.first().limit(1)).next().get();
    String tests = ada.history().tests(HistoryQuery.ofTests().limit(1)).next().get();
    for (Actor outsider : OUTSIDERS) {
      TenantConnections his = connections.as(outsider);
      Page<Connection> listed =
          his.list(ConnectionFilter.all(), ListRequest.first().limit(1).after(list));
      assertThat(listed.items()).isEmpty();
      assertThat(listed.next()).isEmpty();
      assertThat(his.history().tests(HistoryQuery.ofTests().after(tests)).items()).isEmpty();
    }
  }

  @Test
  void names_and_ids_of_one_account_are_free_in_another() {
    Connection same =
        connections
            .as(EVE)
            .create(
                ConnectionDraft.of("synthetic", "Hers")
                    .configuration(source.configuration(2, 3, 2))
                    .workspace("north"));
    assertThat(same.id()).isNotEqualTo(hers.id());
    connections.as(EVE).delete(same.id());
    assertThat(ada.get(hers.id())).isEqualTo(hers);
    assertThat(connections.as(EVE).count(ConnectionFilter.all().withText(MARK))).isZero();
    assertThat(UUID.fromString(hers.id()).version()).as("ids can't be guessed").isEqualTo(4);
  }
}
