package dev.connections.core.internal.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connections.api.Category;
import dev.connections.api.Failure;
import dev.connections.api.ServerInfo;
import dev.connections.api.TestResult;
import dev.connections.core.TestStatus;
import dev.connections.core.history.PastTest;
import dev.connections.core.internal.json.TableJsonReader;
import dev.connections.core.store.StoredRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The stored form of a past test. */
public final class TestForm {
  private TestForm() {}

  /**
   * {@return what is kept of a test besides its columns}
   *
   * @param result what the test found
   */
  public static String content(TestResult result) {
    ObjectNode content = RunContent.begin();
    result.server().ifPresent(server -> content.put("server", shown(server)));
    ArrayNode steps = content.putArray("steps");
    for (TestResult.Step step : result.steps()) {
      ObjectNode kept = steps.addObject();
      kept.put("id", RunContent.plain(step.id()));
      kept.put("label", RunContent.plain(step.label()));
      kept.put("status", step.status().name().toLowerCase(Locale.ROOT));
      kept.put("micros", step.took().toNanos() / 1000);
      step.failure().ifPresent(failure -> put(kept, failure));
    }
    return content.toString();
  }

  private static void put(ObjectNode kept, Failure failure) {
    kept.put("code", RunContent.plain(failure.code().id()));
    kept.put("category", failure.code().category().name().toLowerCase(Locale.ROOT));
    kept.put("message", RunContent.plain(failure.message()));
  }

  private static String shown(ServerInfo server) {
    return RunContent.plain(
        server.version().map(version -> server.product() + " " + version).orElse(server.product()));
  }

  /**
   * {@return the test; empty if another version of the library has written it in another form}
   *
   * @param run as it is stored
   */
  public static Optional<PastTest> read(StoredRun run) {
    return RunContent.read(run, content -> test(run, content));
  }

  private static PastTest test(StoredRun run, JsonNode content) {
    List<PastTest.Step> steps = new ArrayList<>();
    for (JsonNode step : content.path("steps")) {
      steps.add(
          new PastTest.Step(
              TableJsonReader.text(step, "id").orElse(""),
              TableJsonReader.text(step, "label").orElse(""),
              RunContent.of(TestResult.Status.class, step.path("status").asText()),
              Duration.ofNanos(step.path("micros").asLong() * 1000),
              TableJsonReader.text(step, "code"),
              TableJsonReader.text(step, "category")
                  .map(name -> RunContent.of(Category.class, name)),
              TableJsonReader.text(step, "message")));
    }
    return new PastTest(
        run.connection(),
        run.user(),
        run.startedAt(),
        run.finishedAt(),
        RunContent.of(TestStatus.class, run.result()),
        run.code(),
        steps,
        TableJsonReader.text(content, "server"));
  }
}
