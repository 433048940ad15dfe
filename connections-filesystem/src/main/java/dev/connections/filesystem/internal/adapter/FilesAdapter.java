package dev.connections.filesystem.internal.adapter;

import dev.connections.api.AdapterContext;
import dev.connections.api.AdapterLife;
import dev.connections.api.ConnectionAdapter;
import dev.connections.api.DirectoryBrowser;
import dev.connections.api.Failure;
import dev.connections.api.ImportEnd;
import dev.connections.api.ImportSelection;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.RowPreview;
import dev.connections.api.SchemaInfo;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.filesystem.internal.FileFailures;
import dev.connections.filesystem.internal.listing.FileWalk;
import dev.connections.filesystem.internal.listing.FoundTable;
import dev.connections.filesystem.internal.listing.ListingReceiver;
import dev.connections.filesystem.internal.paths.BaseDirectory;
import dev.connections.filesystem.internal.paths.RelativePath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** A directory of files, read as schemas and tables. Safe for any thread. */
final class FilesAdapter implements ConnectionAdapter {
  private final FileSettings settings;
  private final AdapterContext context;
  private final TableReader reader;
  private final TableReader sampler;
  private final AdapterLife life = new AdapterLife();

  /**
   * Makes an adapter.
   *
   * @param settings the configuration
   * @param context lends threads
   * @param reader reads metadata
   * @param sampler reads parts of files only, whatever is configured: for what must be quick
   */
  FilesAdapter(
      FileSettings settings, AdapterContext context, TableReader reader, TableReader sampler) {
    this.settings = settings;
    this.context = context;
    this.reader = reader;
    this.sampler = sampler;
  }

  @Override
  public TestResult test(Operation operation) {
    return new FilesCheck(settings, sampler, life.during(operation)).run();
  }

  @Override
  public List<SchemaInfo> listSchemas(Operation operation) {
    Operation call = life.during(operation);
    TreeSet<SchemaName> schemas = new TreeSet<>();
    // Every directory, also one without a table: an import tells that its listing is complete.
    walkAll(
        settings.location().open(),
        new ListingReceiver() {
          @Override
          public void table(FoundTable table) {
            // Its directory follows.
          }

          @Override
          public void complete(SchemaName schema) {
            schemas.add(schema);
          }

          @Override
          public void failed(SchemaName schema, Failure failure) {
            schemas.add(schema);
          }
        },
        call);
    return schemas.stream().map(SchemaInfo::of).toList();
  }

  private void walkAll(BaseDirectory base, ListingReceiver receiver, Operation call) {
    try {
      FileWalk.all(base, settings.rules(), receiver, call);
    } catch (AccessDeniedException e) {
      throw settings.location().denied().asException(e);
    } catch (IOException e) {
      throw FileFailures.of(RelativePath.ROOT, e, call);
    }
  }

  @Override
  public Page<TableInfo> listTables(TableQuery query, Operation operation) {
    Operation call = life.during(operation);
    RelativePath directory = RelativePath.of(query.schema());
    if (!FileWalk.isSchema(directory, settings.rules())) {
      throw TableFinder.noSchema(directory);
    }
    OneDirectory found = new OneDirectory();
    BaseDirectory base = settings.location().open();
    try {
      ListingReceiver sheets = new WorkbookSheets(found, sampler, base, call);
      FileWalk.one(base, directory, settings.rules(), sheets, call);
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw TableFinder.noSchema(directory);
    } catch (IOException e) {
      throw FileFailures.of(directory.text(), e, call);
    }
    found.failure.ifPresent(
        failure -> {
          throw failure.asException();
        });
    return page(found, query);
  }

  private static Page<TableInfo> page(OneDirectory found, TableQuery query) {
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    List<TableInfo> wanted =
        found.tables.stream()
            .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
            .sorted(Comparator.comparing(info -> info.name().table()))
            .toList();
    // The token is the last name of the page before: files that come and go don't shift the pages.
    List<TableInfo> rest =
        wanted.stream()
            .filter(
                info ->
                    query.pageToken().map(t -> info.name().table().compareTo(t) > 0).orElse(true))
            .toList();
    List<TableInfo> items = rest.subList(0, Math.min(query.limit(), rest.size()));
    Optional<String> next =
        items.size() < rest.size()
            ? Optional.of(items.get(items.size() - 1).name().table())
            : Optional.empty();
    return new Page<>(items, next, OptionalLong.of(wanted.size()), found.notices);
  }

  @Override
  public TableMetadata getTableMetadata(TableName table, Operation operation) {
    Operation call = life.during(operation);
    BaseDirectory base = settings.location().open();
    return reader.read(
        base, new TableFinder(base, settings.rules(), reader, call).find(table), call);
  }

  @Override
  public ImportEnd importMetadata(
      ImportSelection selection, MetadataSink sink, Operation operation) {
    Operation call = life.during(operation);
    BaseDirectory base = settings.location().open();
    FilesImport run = new FilesImport(base, settings, reader, selection, sink, call);
    if (selection.names().isPresent()) {
      run.find(selection.names().get());
    } else {
      walkAll(base, new WorkbookSheets(run, sampler, base, call), call);
    }
    return run.read(context.parallel(), operation);
  }

  @Override
  public <T> Optional<T> as(Class<T> feature) {
    if (feature == DirectoryBrowser.class) {
      return Optional.of(feature.cast(new Directories(settings.location(), life)));
    }
    if (feature == RowPreview.class && settings.preview()) {
      return Optional.of(feature.cast(new FirstRows(settings, sampler, life)));
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    life.end();
    settings.location().close();
  }

  /** What the listing of one directory found. */
  private static final class OneDirectory implements ListingReceiver {
    private final List<TableInfo> tables = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private Optional<Failure> failure = Optional.empty();

    @Override
    public void table(FoundTable table) {
      tables.add(table.info());
    }

    @Override
    public void failed(SchemaName schema, Failure why) {
      if (notices.stream().noneMatch(notice -> notice.code().id().equals("TRUNCATED"))) {
        failure = Optional.of(why);
      }
    }

    @Override
    public void notice(Notice notice) {
      notices.add(notice);
    }
  }
}
