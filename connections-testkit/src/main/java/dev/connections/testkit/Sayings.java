package dev.connections.testkit;

import dev.connections.api.ConfigurationSpec;
import dev.connections.api.ConfigurationValues;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.ConnectionException;
import dev.connections.api.SchemaName;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Everything an adapter says when it is asked everything: results, failures, stack traces. */
final class Sayings {
  private static final List<String> ODD =
      List.of(
          "", ".", "..", "../../etc/passwd", "a'b\"c;--", "a\0b", "%s%n", "x".repeat(5000), "ü");

  private final AdapterTrial trial;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<String> foreign = new ArrayList<>();

  Sayings(AdapterTrial trial) {
    this.trial = trial;
  }

  /** {@return what was said, by where it was said} */
  Map<String, String> texts() {
    return texts;
  }

  /** {@return where an exception came out that an adapter may not throw} */
  List<String> foreign() {
    return foreign;
  }

  /** Asks an adapter of some values everything. */
  void of(String which, ConfigurationValues values) {
    ConfigurationSpec spec = trial.provider().configuration();
    keep("validating " + which, () -> spec.validate(values));
    keep("binding " + which, () -> spec.bind(values));
    if (spec.validate(values).isEmpty()) {
      keep("opening " + which, () -> ask(which, trial.open(values)));
    }
  }

  private String ask(String which, ConnectionAdapter adapter) {
    trial
        .calls()
        .forEach(
            (name, call) ->
                keep(name + " of " + which, () -> call.on(adapter, TestOperation.start())));
    keep("reading an unknown table of " + which, () -> AdapterTrial.read(adapter, unknown()));
    RecordingSink sink = trial.sink();
    keep(
        "importing " + which,
        () -> AdapterTrial.importInto(sink, adapter, TestSelection.everything()));
    texts.put("what the import of " + which + " told the sink", sink.events().toString());
    String shown = adapter.toString();
    trial.close(adapter);
    return shown;
  }

  private TableName unknown() {
    return trial.missingTable();
  }

  /** Asks for names that no one would give a table. */
  void ofOddNames(ConfigurationValues values) {
    ConnectionAdapter adapter = trial.open(values);
    SchemaName schema = trial.table().schema();
    for (String odd : ODD) {
      String which = "the name '" + odd.substring(0, Math.min(20, odd.length())) + "'";
      SchemaName oddSchema = new SchemaName(schema.catalog(), odd);
      keep("reading " + which, () -> AdapterTrial.read(adapter, schema.table(odd)));
      keep(
          "reading from the schema of " + which,
          () -> AdapterTrial.read(adapter, oddSchema.table(trial.table().table())));
      keep(
          "listing the schema of " + which,
          () -> adapter.listTables(TableQuery.of(oddSchema), TestOperation.start()));
      keep(
          "listing tables by " + which,
          () -> adapter.listTables(TableQuery.of(schema).nameContains(odd), TestOperation.start()));
      keep(
          "listing tables after " + which,
          () -> adapter.listTables(TableQuery.of(schema).after(odd), TestOperation.start()));
      keep(
          "importing " + which,
          () ->
              AdapterTrial.importInto(
                  trial.sink(), adapter, TestSelection.everything().named(schema.table(odd))));
    }
  }

  private void keep(String where, Callable<?> call) {
    try {
      texts.put(where, String.valueOf(call.call()));
    } catch (Exception e) {
      texts.put(where, shown(e));
      try {
        AdapterTrial.typed(where, e);
      } catch (AssertionError notPrecise) {
        foreign.add(notPrecise.getMessage());
      }
    }
  }

  private static String shown(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    if (e instanceof ConnectionException typed) {
      text.append(typed.failure().toString());
    }
    return text.toString();
  }
}
