package dev.connections.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.ConnectionException;
import dev.connections.api.RowPreview;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.testkit.SyntheticSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks every public method, so that one added later can't be forgotten. */
final class TenantsApartTest {
  /** Methods without a connection of anybody's: what they answer is checked below by itself. */
  private static final Set<String> WITHOUT_ID =
      Set.of(
          "actor",
          "list",
          "count",
          "previewEarlier",
          "importEarlier",
          "history",
          "audit",
          "health");

  private final Stage stage = Stage.set();

  @AfterEach
  void close() {
    stage.close();
  }

  private Object argument(Class<?> type, String id) {
    if (type == String.class) {
      return id;
    }
    if (type == ConnectionDraft.class) {
      return stage.draft("Draft").basedOn(id);
    }
    if (type == ConnectionUpdate.class) {
      return ConnectionUpdate.at(1).name("Mine now");
    }
    if (type == CallOptions.class) {
      return CallOptions.defaults();
    }
    if (type == TableQuery.class) {
      return TableQuery.of(SyntheticSource.schema(0));
    }
    if (type == TableName.class) {
      return SyntheticSource.table(0, 0);
    }
    if (type == ImportOptions.class) {
      return ImportOptions.all();
    }
    if (type == ImportListener.class) {
      return ImportListener.NONE;
    }
    if (type == Class.class) {
      return RowPreview.class;
    }
    if (type == FeatureUse.class) {
      FeatureUse<Object, Integer, RuntimeException> use = (feature, operation) -> 1;
      return use;
    }
    if (type == URI.class) {
      return URI.create("https://app.example.com/back?code=c&state=" + id + ".x");
    }
    throw new AssertionError("say which argument to give for " + type);
  }

  private String answer(TenantConnections who, Method method, String id) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(type -> argument(type, id)).toArray();
    try {
      Object result = method.invoke(who, arguments);
      return "gave " + result;
    } catch (InvocationTargetException thrown) {
      assertThat(thrown.getCause()).as("%s", method).isInstanceOf(ConnectionException.class);
      ConnectionException failure = (ConnectionException) thrown.getCause();
      return failure.failure().toString().replace(id, "ID");
    }
  }

  private static List<Method> methods() {
    List<Method> methods = new ArrayList<>();
    for (Method method : TenantConnections.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        methods.add(method);
      }
    }
    methods.sort(Comparator.comparing(Method::toString));
    return methods;
  }

  @Test
  void what_an_actor_may_not_see_answers_like_what_does_not_exist() throws Exception {
    Connection hers = stage.created("Hers");
    stage.ada.getTableMetadata(hers.id(), SyntheticSource.table(0, 0)); // now it is cached
    stage.ada.listSchemas(hers.id());
    int walked = 0;
    for (TenantConnections other :
        List.of(
            stage.connections.as(Stage.EVE),
            stage.connections.as(Stage.BOB),
            stage.connections.as(Stage.EVE.in("north")))) {
      for (Method method : methods()) {
        if (WITHOUT_ID.contains(method.getName())) {
          continue;
        }
        String forbidden = answer(other, method, hers.id());
        String absent = answer(other, method, UUID.randomUUID().toString());
        assertThat(forbidden).as("%s", method).isEqualTo(absent);
        boolean named = !method.getName().equals("completeConsent"); // there a state names it
        assertThat(forbidden)
            .as("%s", method)
            .contains((named ? StandardErrorCode.NOT_FOUND : CoreErrorCode.NO_SUCH_CONSENT).id());
        if (named) {
          assertThat(forbidden)
              .as("%s", method)
              .contains("The connection 'ID' doesn't exist, or this login may not see it.");
        }
        walked++;
      }
      assertThat(other.count(ConnectionFilter.all())).isZero();
      assertThat(other.list(ConnectionFilter.all(), ListRequest.first()).items()).isEmpty();
    }
    assertThat(walked).as("methods with an id or a draft").isGreaterThan(3 * 20);
    assertThat(stage.ada.get(hers.id())).isEqualTo(hers);
    assertThat(stage.audit.records("other")).isEmpty();
  }

  @Test
  void an_id_of_any_shape_is_shown_plain_and_short() {
    String message =
        Stage.failing(
                () -> stage.ada.get("x\n\u202e" + "y".repeat(200)), StandardErrorCode.NOT_FOUND)
            .getMessage();
    assertThat(message).doesNotContain("\n").doesNotContain("\u202e").hasSizeLessThan(200);
  }
}
