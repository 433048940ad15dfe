package dev.connections.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connections.api.ConnectionException;
import dev.connections.api.ErrorCode;
import dev.connections.api.Page;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.core.Connection;
import dev.connections.core.ConnectionDraft;
import dev.connections.core.ConnectionFilter;
import dev.connections.core.CoreErrorCode;
import dev.connections.core.ListRequest;
import dev.connections.core.TenantConnections;
import dev.connections.core.access.Actor;
import dev.connections.core.access.Role;
import dev.connections.core.audit.AuditEntry;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.audit.AuditQuery;
import dev.connections.core.history.HistoryQuery;
import dev.connections.testkit.SyntheticSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A tenant sends text of whatever shape: it is stored as it is or refused with a sentence, and
 * never reaches a database as anything else than text. A store's test extends it.
 */
public abstract class HostileTextContract extends AuditedStoreContract {
  private static final Actor ROOT = Actor.of("acme", "root", Role.ADMIN);
  private static final int LONG = 200_000;
  private static final int LONGEST_OBJECT = 1000;

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "' OR 1=1 --",
          "'; DROP TABLE connections; --",
          "%",
          "_",
          "\\",
          "?",
          "$1",
          "\ud800",
          "a\udc00b",
          "\u202e",
          "\uffff",
          "\ud83d\ude00",
          "null",
          "x".repeat(LONG));

  private static final Set<String> REFUSED =
      Set.of(CoreErrorCode.INVALID_ARGUMENT.id(), StandardErrorCode.INVALID_CONFIGURATION.id());

  private TenantConnections root;
  private String id;

  @BeforeEach
  final void begin() {
    root = connections.as(ROOT);
    id = root.create(draft("Sales")).id();
  }

  private ConnectionDraft draft(String name) {
    return ConnectionDraft.of("synthetic", name).configuration(source.configuration(1, 2, 2));
  }

  /** The code that a call is refused with; empty if it isn't. */
  private static Optional<String> refusal(ThrowingCallable call, String what) {
    try {
      call.call();
      return Optional.empty();
    } catch (ConnectionException refused) {
      return Optional.of(refused.code().id());
    } catch (Throwable foreign) {
      throw new AssertionError("thrown for " + what, foreign);
    }
  }

  private static String shown(String text) {
    return text.length() > 40 ? "a long text" : text.replace("\0", "<0>");
  }

  private static void assertRefused(ErrorCode code, String text, ThrowingCallable call) {
    ConnectionException refused = catchThrowableOfType(ConnectionException.class, call);
    assertThat(refused).as(shown(text)).isNotNull();
    assertThat(refused.code().id()).as(shown(text)).isEqualTo(code.id());
    assertThat(refused.getMessage())
        .as(shown(text))
        .hasSizeLessThan(1000)
        .doesNotContain("\0", "\u202e");
  }

  @Test
  void an_id_of_any_shape_is_no_connections() {
    for (String odd : ODD) {
      ErrorCode absent = StandardErrorCode.NOT_FOUND;
      assertRefused(absent, odd, () -> root.get(odd));
      assertRefused(absent, odd, () -> root.test(odd));
      assertRefused(absent, odd, () -> root.delete(odd));
      assertRefused(absent, odd, () -> root.quotas(odd));
      assertRefused(absent, odd, () -> root.invalidateMetadata(odd));
      assertRefused(
          absent, odd, () -> root.history().tests(HistoryQuery.ofTests().connection(odd)));
      assertThat(root.audit().find(AuditQuery.all().connection(odd)).items()).isEmpty();
      assertThat(root.audit().find(AuditQuery.all().user(odd)).items()).isEmpty();
    }
    assertThat(root.get(id).name()).isEqualTo("Sales");
  }

  @Test
  void a_filter_of_any_text_finds_what_has_it_and_nothing_else() {
    for (String odd : ODD) {
      for (ConnectionFilter filter :
          List.of(
              ConnectionFilter.all().withText("no " + odd + " such"),
              ConnectionFilter.all().withOwner("no " + odd),
              ConnectionFilter.all().withWorkspace("no " + odd),
              ConnectionFilter.all().withTypes(Set.of("no " + odd)))) {
        Optional<String> refused =
            refusal(() -> assertThat(root.count(filter)).isZero(), shown(odd));
        assertThat(refused.map(REFUSED::contains).orElse(true)).as(shown(odd)).isTrue();
        Optional<String> unlisted =
            refusal(
                () -> {
                  Page<Connection> page = root.list(filter, ListRequest.first());
                  assertThat(page.items()).isEmpty();
                },
                shown(odd));
        assertThat(unlisted).as(shown(odd)).isEqualTo(refused);
      }
    }
    assertThat(root.count(ConnectionFilter.all().withText("%"))).isZero();
    assertThat(root.count(ConnectionFilter.all().withText("_"))).isZero();
    assertThat(root.count(ConnectionFilter.all().withText("sal"))).isEqualTo(1);
  }

  @Test
  void a_page_token_of_any_shape_is_refused() {
    for (String odd : ODD) {
      assertRefused(
          CoreErrorCode.INVALID_ARGUMENT,
          odd,
          () -> root.list(ConnectionFilter.all(), ListRequest.first().after(odd)));
      assertRefused(
          CoreErrorCode.INVALID_ARGUMENT,
          odd,
          () -> root.history().tests(HistoryQuery.ofTests().after(odd)));
    }
  }

  @Test
  void text_of_any_shape_is_stored_as_it_is_or_refused() {
    int stored = 0;
    for (String odd : ODD) {
      String text = "about " + odd + "!";
      Optional<String> refused =
          refusal(
              () -> {
                Connection made = root.create(draft("Odd").description(text));
                assertThat(root.get(made.id()).description()).contains(text);
                root.delete(made.id());
              },
              shown(odd));
      stored += refused.isEmpty() ? 1 : 0;
      assertThat(refused.map(REFUSED::contains).orElse(true))
          .as("%s: %s", shown(odd), refused)
          .isTrue();
      Optional<String> unnamed =
          refusal(
              () -> {
                Connection made = root.create(draft("n " + odd + " n"));
                assertThat(root.get(made.id()).name()).isEqualTo("n " + odd + " n");
                root.delete(made.id());
              },
              shown(odd));
      assertThat(unnamed.map(REFUSED::contains).orElse(true))
          .as("%s: %s", shown(odd), unnamed)
          .isTrue();
    }
    assertThat(stored).isGreaterThan(8);
    assertThat(root.count(ConnectionFilter.all())).isEqualTo(1);
  }

  @Test
  void a_table_of_any_name_is_audited_in_short_and_then_is_not_there() {
    for (String odd : ODD) {
      TableName table = new TableName(SyntheticSource.schema(0), "no " + odd);
      assertThat(refusal(() -> root.getTableMetadata(id, table), shown(odd)))
          .as(shown(odd))
          .contains(StandardErrorCode.NOT_FOUND.id());
      AuditEntry last =
          trail
              .find("acme", AuditQuery.all().operations(AuditOperation.INTROSPECT).limit(1))
              .get(0);
      assertThat(last.record().object().orElseThrow())
          .as(shown(odd))
          .contains("no ")
          .hasSizeLessThanOrEqualTo(LONGEST_OBJECT);
    }
    assertThat(trail.check("acme").sound()).isTrue();
    assertThat(trail.find("acme", AuditQuery.all().operations(AuditOperation.INTROSPECT)))
        .hasSize(ODD.size());
  }
}
