package dev.connections.testkit;

import dev.connections.api.AdapterContext;
import dev.connections.api.CallLimits;
import dev.connections.api.Column;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.DataType;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportPlan;
import dev.connections.api.ImportSelection;
import dev.connections.api.KeyConstraint;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Operation;
import dev.connections.api.RemoteCalls;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.Section;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TypeKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Adapters that break the rules of an import. */
final class ImportMisbehaviours {
  private static final TableName SOME = SyntheticSource.table(1, 7);
  private static final String ANSWERED = "every_wanted_table_is_answered_once";
  private static final String COMPLETE = "every_schema_is_told_complete_once_and_after_its_tables";
  private static final String STOPPED = "an_import_that_may_not_proceed_stops";
  private static final String THROWN = "an_exception_of_the_sink_ends_the_import_as_it_is";
  private static final String PROCEED = "an_import_asks_once_to_proceed_and_reads_nothing_before";

  private ImportMisbehaviours() {}

  static final List<Misbehaviour> ALL =
      List.of(
          Misbehaviour.of(
              "answers twice", Twist.sink(ImportMisbehaviours::answeringTwice), ANSWERED),
          Misbehaviour.of("loses a table", ImportMisbehaviours::forgetting, ANSWERED),
          Misbehaviour.of(
              "reads what was skipped",
              Twist.sink(ImportMisbehaviours::reading),
              "a_skipped_table_is_not_read"),
          Misbehaviour.of(
              "lists a table twice",
              Twist.sink(ImportMisbehaviours::listingTwice),
              "every_table_is_listed_once",
              "an_import_lists_what_browsing_lists"),
          Misbehaviour.of(
              "doesn't list a table that it reads",
              Twist.sink(ImportMisbehaviours::listingNot),
              "a_wanted_table_is_listed_before_it_is_read",
              "an_import_lists_what_browsing_lists",
              "a_skipped_table_is_not_read",
              "tables_asked_for_by_name_are_read_and_nothing_else_is_listed",
              ANSWERED),
          Misbehaviour.of(
              "forgets to ask to proceed",
              Twist.sink(sink -> proceeding(sink, plan -> true)),
              PROCEED,
              STOPPED,
              THROWN,
              "an_import_under_way_ends_when_it_is_cancelled",
              "closing_during_an_import_hangs_neither"),
          Misbehaviour.of(
              "asks twice to proceed",
              Twist.sink(sink -> proceeding(sink, plan -> twice(sink, plan))),
              PROCEED),
          Misbehaviour.of(
              "proceeds though it may not",
              Twist.sink(sink -> proceeding(sink, plan -> sink.proceed(plan) || true)),
              STOPPED),
          Misbehaviour.of(
              "says that it was done when it stopped",
              Twist.importing(ImportMisbehaviours::alwaysDone),
              STOPPED),
          Misbehaviour.of(
              "never says that a listing is complete",
              Twist.sink(sink -> completing(sink, schema -> {})),
              COMPLETE,
              THROWN),
          Misbehaviour.of(
              "says too early that a listing is complete",
              Twist.sink(ImportMisbehaviours::completeEarly),
              "tables_asked_for_by_name_are_read_and_nothing_else_is_listed",
              COMPLETE),
          Misbehaviour.of(
              "lists schemas that aren't wanted",
              Twist.importing(
                  (adapter, selection, sink, operation) ->
                      adapter.importMetadata(
                          selected(selection, true, selection.names(), selection.sections()),
                          sink,
                          operation)),
              "schemas_that_are_not_wanted_are_not_listed"),
          Misbehaviour.of(
              "lists everything when tables are named",
              Twist.importing(
                  (adapter, selection, sink, operation) ->
                      adapter.importMetadata(
                          selected(selection, false, Optional.empty(), selection.sections()),
                          sink,
                          operation)),
              "tables_asked_for_by_name_are_read_and_nothing_else_is_listed"),
          Misbehaviour.of(
              "leaves out columns when only they are wanted",
              Twist.importing(
                  (adapter, selection, sink, operation) ->
                      adapter.importMetadata(
                          selected(selection, false, selection.names(), withoutColumns(selection)),
                          sink,
                          operation)),
              "columns_come_when_only_columns_are_wanted"),
          Misbehaviour.of(
              "books the sink's exceptions on tables",
              Twist.sink(ImportMisbehaviours::booking),
              THROWN),
          Misbehaviour.of(
              "reads in bulk something else than by itself",
              Twist.sink(sink -> tables(sink, ImportMisbehaviours::renamed)),
              "a_table_read_by_itself_equals_the_same_table_read_in_bulk",
              "tables_asked_for_by_name_are_read_and_nothing_else_is_listed"),
          Misbehaviour.of(
              "has a key on a column that isn't there",
              Twist.adapter(ImportMisbehaviours::withOddKey),
              "what_a_table_says_of_itself_fits_together"),
          Misbehaviour.of(
              "imports once at a time only",
              Twist.adapter(ImportMisbehaviours::oneAtATime),
              "two_imports_at_once_bring_the_same"),
          Misbehaviour.of(
              "reports something though nothing changed",
              Twist.importing(ImportMisbehaviours::talkative),
              "an_import_without_changes_reports_nothing"),
          Misbehaviour.of(
              "calls the sink within a call",
              Twist.adapter(ImportMisbehaviours::handingOverInCalls),
              "the_sink_is_never_called_within_a_remote_call",
              THROWN),
          Misbehaviour.of(
              "makes calls within calls",
              Twist.adapter(ImportMisbehaviours::nesting),
              "remote_calls_never_nest"));

  private static MetadataSink answeringTwice(MetadataSink sink) {
    return new TwistedSink(sink) {
      @Override
      public void table(TableMetadata table) {
        super.table(table);
        if (table.name().equals(SOME)) {
          super.table(table);
        }
      }
    };
  }

  private static Twist.Provider forgetting(SyntheticSource source) {
    source.forgetTable(SyntheticSource.table(0, 2));
    return new Twist.Provider(source.provider());
  }

  private static MetadataSink reading(MetadataSink sink) {
    return new TwistedSink(sink) {
      @Override
      public Decision listed(TableInfo table) {
        Decision ignored = super.listed(table);
        return ignored == Decision.SKIP ? Decision.READ : ignored;
      }
    };
  }

  private static MetadataSink listingTwice(MetadataSink sink) {
    return new TwistedSink(sink) {
      @Override
      public Decision listed(TableInfo table) {
        return table.name().equals(SyntheticSource.table(0, 2))
                && super.listed(table) == Decision.SKIP
            ? Decision.SKIP
            : super.listed(table);
      }
    };
  }

  private static MetadataSink listingNot(MetadataSink sink) {
    return new TwistedSink(sink) {
      @Override
      public Decision listed(TableInfo table) {
        return table.name().equals(SOME) ? Decision.READ : super.listed(table);
      }
    };
  }

  private interface Proceeding {
    boolean with(ImportPlan plan);
  }

  private static MetadataSink proceeding(MetadataSink sink, Proceeding proceeding) {
    return new TwistedSink(sink) {
      @Override
      public boolean proceed(ImportPlan plan) {
        return proceeding.with(plan);
      }
    };
  }

  private static boolean twice(MetadataSink sink, ImportPlan plan) {
    boolean first = sink.proceed(plan);
    return first && sink.proceed(ImportPlan.UNKNOWN);
  }

  private static ImportEnd alwaysDone(
      ConnectionAdapter adapter,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    ImportEnd end = adapter.importMetadata(selection, sink, operation);
    return end instanceof ImportEnd.Stopped ? ImportEnd.Done.unmarked() : end;
  }

  private interface Completing {
    void schema(SchemaName schema);
  }

  private static MetadataSink completing(MetadataSink sink, Completing completing) {
    return new TwistedSink(sink) {
      @Override
      public void listingComplete(SchemaName schema) {
        completing.schema(schema);
      }
    };
  }

  private static MetadataSink completeEarly(MetadataSink target) {
    Set<SchemaName> told = ConcurrentHashMap.newKeySet();
    return new TwistedSink(target) {
      @Override
      public Decision listed(TableInfo table) {
        if (told.add(table.name().schema())) {
          super.listingComplete(table.name().schema());
        }
        return super.listed(table);
      }

      @Override
      public void listingComplete(SchemaName schema) {}
    };
  }

  private static Set<Section> withoutColumns(ImportSelection selection) {
    return selection.sections().equals(Set.of(Section.COLUMNS))
        ? EnumSet.of(Section.KEYS)
        : selection.sections();
  }

  private static ImportSelection selected(
      ImportSelection selection,
      boolean all,
      Optional<Set<TableName>> names,
      Set<Section> sections) {
    TestSelection selected =
        TestSelection.everything()
            .schemas(schema -> all || selection.mayInclude(schema))
            .sections(sections);
    TestSelection named =
        names.map(wanted -> selected.named(wanted.toArray(TableName[]::new))).orElse(selected);
    return selection.since().map(named::since).orElse(named);
  }

  private static MetadataSink booking(MetadataSink sink) {
    return new TwistedSink(sink) {
      @Override
      public void table(TableMetadata table) {
        try {
          super.table(table);
        } catch (IllegalStateException e) {
          failed(table.name(), SyntheticFailures.table(StandardErrorCode.NOT_FOUND, table.name()));
        }
      }
    };
  }

  private interface TableChange {
    TableMetadata of(TableMetadata table);
  }

  private static MetadataSink tables(MetadataSink sink, TableChange change) {
    return new TwistedSink(sink) {
      @Override
      public void table(TableMetadata table) {
        super.table(change.of(table));
      }
    };
  }

  private static TableMetadata renamed(TableMetadata table) {
    Column other = Column.of("other", DataType.of(TypeKind.DATE, "date"), true);
    return TableMetadata.builder(table.info(), EnumSet.of(Section.COLUMNS))
        .columns(List.of(other))
        .build()
        .only(table.loaded());
  }

  private static ConnectionAdapter withOddKey(ConnectionAdapter adapter) {
    return new TwistedAdapter(adapter) {
      @Override
      public TableMetadata getTableMetadata(TableName table, Operation operation) {
        return oddlyKeyed(super.getTableMetadata(table, operation));
      }

      @Override
      public ImportEnd importMetadata(
          ImportSelection selection, MetadataSink sink, Operation operation) {
        return super.importMetadata(
            selection, tables(sink, ImportMisbehaviours::oddlyKeyed), operation);
      }
    };
  }

  private static TableMetadata oddlyKeyed(TableMetadata table) {
    return TableMetadata.builder(table.info(), EnumSet.of(Section.COLUMNS, Section.KEYS))
        .columns(table.columns())
        .primaryKey(KeyConstraint.of("pk", "nix"))
        .build()
        .only(table.loaded());
  }

  private static ConnectionAdapter oneAtATime(ConnectionAdapter adapter) {
    AtomicInteger imports = new AtomicInteger();
    return new TwistedAdapter(adapter) {
      @Override
      public ImportEnd importMetadata(
          ImportSelection selection, MetadataSink sink, Operation operation) {
        // The first is always alone; of the next two, one comes too much.
        if (imports.incrementAndGet() == 3) {
          throw SyntheticFailures.call(StandardErrorCode.UNAVAILABLE).asException();
        }
        return super.importMetadata(selection, sink, operation);
      }
    };
  }

  private static ImportEnd talkative(
      ConnectionAdapter adapter,
      ImportSelection selection,
      MetadataSink sink,
      Operation operation) {
    ImportEnd end = adapter.importMetadata(selection, sink, operation);
    if (end instanceof ImportEnd.Unchanged) {
      sink.notice(Notice.of(NoticeCode.SKIPPED, new Notice.Scope.Source(), "Nothing changed."));
    }
    return end;
  }

  private static ConnectionAdapter handingOverInCalls(
      ConnectionAdapter adapter, AdapterContext context) {
    RemoteCalls calls = context.calls(CallLimits.parallel(2));
    return new TwistedAdapter(adapter) {
      @Override
      public ImportEnd importMetadata(
          ImportSelection selection, MetadataSink sink, Operation operation) {
        MetadataSink within =
            new TwistedSink(sink) {
              @Override
              public void table(TableMetadata table) {
                calls.read(
                    "hand over",
                    operation,
                    attempt -> {
                      super.table(table);
                      return true;
                    });
              }
            };
        return super.importMetadata(selection, within, operation);
      }
    };
  }

  private static ConnectionAdapter nesting(ConnectionAdapter adapter, AdapterContext context) {
    RemoteCalls calls = context.calls(CallLimits.parallel(2));
    return new TwistedAdapter(adapter) {
      @Override
      public List<SchemaInfo> listSchemas(Operation operation) {
        boolean refused = calls.read("outer", operation, attempt -> refused(calls, operation));
        return refused ? super.listSchemas(operation) : List.of();
      }
    };
  }

  private static boolean refused(RemoteCalls calls, Operation operation) {
    try {
      return !calls.read("inner", operation, attempt -> true);
    } catch (IllegalStateException nested) {
      return true;
    }
  }
}
