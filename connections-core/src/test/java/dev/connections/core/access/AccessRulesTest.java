package dev.connections.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of docs/access.md is the expectation: whoever changes one must change the other. */
class AccessRulesTest {
  private static final Path TABLE = Path.of("../docs/access.md");

  private static final List<Optional<String>> WORKSPACES =
      List.of(Optional.empty(), Optional.of("sales"), Optional.of("finance"));

  @Test
  void every_combination_is_allowed_what_the_documented_table_says() throws IOException {
    Map<String, Set<Permission>> table = documentedTable();
    int combinations = 0;
    for (String account : List.of("acme", "other")) {
      for (Optional<String> actorsWorkspace : WORKSPACES) {
        for (Optional<String> workspace : WORKSPACES) {
          for (Role role : Role.values()) {
            for (String owner : List.of("ada", "bob")) {
              for (Visibility visibility : Visibility.values()) {
                for (boolean locked : new boolean[] {false, true}) {
                  Actor actor = new Actor("acme", "ada", role, actorsWorkspace);
                  Ownership connection =
                      new Ownership(account, workspace, owner, visibility, locked);
                  boolean reached =
                      account.equals("acme")
                          && !(actorsWorkspace.isPresent()
                              && workspace.isPresent()
                              && !actorsWorkspace.equals(workspace));
                  String who =
                      role == Role.ADMIN
                          ? "admin"
                          : owner.equals("ada") ? "owner (member)" : "other member";
                  String row = visibility.stored() + " " + (locked ? "yes" : "no") + " " + who;
                  Set<Permission> expected = reached ? table.get(row) : Set.of();
                  assertThat(AccessRules.permissions(actor, connection))
                      .as("%s, %s", actor, connection)
                      .isEqualTo(expected);
                  for (Permission permission : Permission.values()) {
                    assertThat(AccessRules.allows(actor, permission, connection))
                        .isEqualTo(expected.contains(permission));
                  }
                  combinations++;
                }
              }
            }
          }
        }
      }
    }
    assertThat(combinations).isEqualTo(2 * 3 * 3 * 2 * 2 * 3 * 2);
  }

  @Test
  void the_documented_table_names_every_case_and_every_permission() throws IOException {
    Map<String, Set<Permission>> table = documentedTable();
    assertThat(table).hasSize(3 * 2 * 3);
    Set<Permission> named = EnumSet.noneOf(Permission.class);
    table.values().forEach(named::addAll);
    assertThat(named).containsExactlyInAnyOrder(Permission.values());
  }

  @Test
  void a_private_connection_of_somebody_else_is_not_even_seen() {
    assertThat(
            AccessRules.permissions(
                Actor.of("acme", "bob", Role.MEMBER),
                Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER))))
        .isEmpty();
  }

  @Test
  void an_admin_bound_to_a_workspace_does_not_reach_another_one() {
    Ownership inFinance =
        Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER).in("finance"));
    assertThat(AccessRules.permissions(Actor.of("acme", "eve", Role.ADMIN).in("sales"), inFinance))
        .isEmpty();
    assertThat(AccessRules.permissions(Actor.of("acme", "eve", Role.ADMIN), inFinance))
        .contains(Permission.EDIT);
  }

  @Test
  void an_owner_of_the_same_name_in_another_account_is_somebody_else() {
    assertThat(
            AccessRules.permissions(
                Actor.of("Acme", "ada", Role.ADMIN),
                Ownership.startingWith(Actor.of("acme", "ada", Role.ADMIN))))
        .isEmpty();
  }

  @Test
  void the_answer_can_not_be_changed_by_who_gets_it() {
    Ownership mine = Ownership.startingWith(Actor.of("acme", "ada", Role.MEMBER));
    Set<Permission> nothing = AccessRules.permissions(Actor.of("acme", "bob", Role.MEMBER), mine);
    assertThatThrownBy(() -> nothing.add(Permission.EDIT))
        .isInstanceOf(UnsupportedOperationException.class);
    Set<Permission> some = AccessRules.permissions(Actor.of("acme", "ada", Role.MEMBER), mine);
    assertThatThrownBy(() -> some.add(Permission.UNLOCK))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Map<String, Set<Permission>> documentedTable() throws IOException {
    List<String> lines = Files.readAllLines(TABLE);
    int head =
        lines.indexOf("| visibility | locked flag | admin | owner (member) | other member |");
    assertThat(head).as("the table in %s", TABLE).isNotNegative();
    List<String> columns = cells(lines.get(head));
    Map<String, Set<Permission>> table = new HashMap<>();
    for (int i = head + 2; lines.get(i).startsWith("|"); i++) {
      List<String> row = cells(lines.get(i));
      for (int who = 2; who < columns.size(); who++) {
        Set<Permission> allowed = EnumSet.noneOf(Permission.class);
        if (!row.get(who).equals("nothing")) {
          Arrays.stream(row.get(who).split(", "))
              .forEach(word -> allowed.add(Permission.valueOf(word.toUpperCase(Locale.ROOT))));
        }
        table.put(row.get(0) + " " + row.get(1) + " " + columns.get(who), allowed);
      }
    }
    return table;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }
}
