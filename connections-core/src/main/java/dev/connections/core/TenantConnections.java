package dev.connections.core;

import dev.connections.api.Failure;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import dev.connections.api.TestResult;
import dev.connections.core.access.Actor;
import dev.connections.core.audit.AuditOperation;
import dev.connections.core.importing.ImportJob;
import dev.connections.core.importing.ImportListener;
import dev.connections.core.importing.ImportOptions;
import dev.connections.core.importing.ImportPreview;
import dev.connections.core.observe.ObservedOperation;
import dev.connections.core.store.StoredConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The connections of an account, as one actor sees them. Made by {@link Connections#as}; it is
 * cheap and holds nothing.
 *
 * <p>Every method that takes a connection's id throws a {@link
 * dev.connections.api.ConnectionException} with {@link
 * dev.connections.api.StandardErrorCode#NOT_FOUND} if there is no such connection or the actor may
 * not see it: the two can't be told apart. With {@link
 * dev.connections.api.StandardErrorCode#PERMISSION_DENIED} or {@link CoreErrorCode#LOCKED} if he
 * may see it and not do this with it, as {@link dev.connections.core.access.AccessRules} say. Every
 * method throws {@link CoreErrorCode#CLOSED} when the connections are closed, and {@link
 * CoreErrorCode#NOT_AUDITED} if what it does has to be audited and can't be.
 *
 * <p>Methods that go to the source throw {@link CoreErrorCode#INACTIVE} if the connection is
 * switched off, and {@link dev.connections.api.StandardErrorCode#UNSUPPORTED} if no plugin for its
 * type is installed. They take {@link CallOptions} to shorten their time, to be cancelled, or to
 * tell their progress; the others only ask the store, which answers at once.
 *
 * <p>Safe for any thread.
 */
public final class TenantConnections {
  private final Actor actor;
  private final Workings workings;
  private final Editor editor;
  private final Tester tester;
  private final Browser browser;
  private final Importer importer;
  private final Drafts drafts;

  TenantConnections(Actor actor, Workings workings) {
    this.actor = actor;
    this.workings = workings;
    this.editor = new Editor(workings);
    this.tester = new Tester(workings);
    this.browser = new Browser(workings);
    this.importer = new Importer(workings);
    this.drafts = new Drafts(workings);
  }

  /** {@return who acts} */
  public Actor actor() {
    return actor;
  }

  /** {@return the past tests and imports of the connections that the actor may see} */
  public History history() {
    return new History(actor, workings);
  }

  /** {@return the audit log of the account, for its admins} */
  public AuditReader audit() {
    return new AuditReader(actor, workings);
  }

  /** {@return tests of many connections at once, now or again and again} */
  public Health health() {
    return new Health(actor, workings);
  }

  /** {@return consents of persons in a browser, which connections sign in by} */
  public Consents consents() {
    return new Consents(actor, workings);
  }

  /** {@return the way in for connections of the earlier system} */
  public EarlierConnections earlier() {
    return new EarlierConnections(actor, workings);
  }

  private <T> T changing(Supplier<T> change) {
    workings.calls().refuseIfClosed();
    return workings.observer().timed(ObservedOperation.CHANGE, change);
  }

  private <T> T lookingUp(Supplier<T> look) {
    workings.calls().refuseIfClosed();
    return workings.observer().timed(ObservedOperation.LOOK_UP, look);
  }

  private Connection shown(StoredConnection row) {
    return workings.configurations().shown(row);
  }

  /**
   * Stores a new connection, which the actor owns. Its name must be unique within account and
   * workspace; names are compared character by character, without white space around them.
   *
   * @param draft a well-formed configuration
   * @return the stored connection
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#NAME_TAKEN}; with
   *     {@link dev.connections.api.StandardErrorCode#INVALID_CONFIGURATION} or {@link
   *     dev.connections.api.StandardErrorCode#MISSING_SECRET}, naming all fields that are wrong;
   *     with {@link CoreErrorCode#INVALID_ARGUMENT} if the name isn't well-formed
   */
  public Connection create(ConnectionDraft draft) {
    return changing(
        () ->
            shown(
                editor.create(
                    actor,
                    draft,
                    drafts.resolve(actor, draft, AuditOperation.CREATE),
                    Optional.empty())));
  }

  /**
   * Tests a draft, and stores it if the test passes, with warnings or without.
   *
   * @param draft what to test and to store
   * @return what the test found, and the connection if it is stored
   * @throws dev.connections.api.ConnectionException as {@link #create}, but that a configuration
   *     that isn't well-formed is a failed test
   */
  public TestedConnection createTested(ConnectionDraft draft) {
    return createTested(draft, CallOptions.defaults());
  }

  /**
   * Tests a draft, and stores it if the test passes, with warnings or without.
   *
   * @param draft what to test and to store
   * @param options how the test is made
   * @return what the test found, and the connection if it is stored
   * @throws dev.connections.api.ConnectionException as {@link #createTested(ConnectionDraft)}
   */
  public TestedConnection createTested(ConnectionDraft draft, CallOptions options) {
    workings.calls().refuseIfClosed();
    editor.refuseIfMisplaced(actor, draft);
    Drafts.Resolved resolved = drafts.resolve(actor, draft, AuditOperation.CREATE);
    Instant start = workings.clock().instant();
    TestResult result = observed(() -> tester.test(actor, resolved, options));
    if (!result.passed()) {
      return new TestedConnection(result, Optional.empty());
    }
    Instant end = workings.clock().instant();
    Connection stored =
        changing(
            () ->
                shown(
                    editor.create(
                        actor,
                        draft,
                        resolved,
                        Optional.of(new Editor.Tested(result, start, end)))));
    return new TestedConnection(result, Optional.of(stored));
  }

  private TestResult observed(Supplier<TestResult> test) {
    return workings
        .observer()
        .timed(
            ObservedOperation.TEST,
            test,
            result -> result.firstFailure().map(Failure::code).map(code -> code.category()));
  }

  /**
   * {@return a connection}
   *
   * @param id the connection's id
   */
  public Connection get(String id) {
    return lookingUp(() -> shown(workings.access().see(actor, id)));
  }

  /**
   * Changes a connection. If its configuration changes, it becomes untested, and what was read with
   * the former one is forgotten.
   *
   * <p>If no plugin of its type is installed, everything but the configuration can be changed
   * freely; a change of the configuration needs all its encrypted values again.
   *
   * @param id the connection's id
   * @param update what to change
   * @return the connection after the change
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#STALE_VERSION} if
   *     somebody else changed it since the version the update is based on; else as {@link #create}
   */
  public Connection update(String id, ConnectionUpdate update) {
    return changing(() -> shown(editor.update(actor, id, update)));
  }

  /**
   * Deletes a connection and everything that hangs on it. Calls that are using it come to their
   * end.
   *
   * @param id the connection's id
   */
  public void delete(String id) {
    changing(
        () -> {
          editor.delete(actor, id);
          return id;
        });
  }

  /**
   * Locks a connection: nobody changes or deletes it until it is unlocked. Nothing happens if it is
   * locked.
   *
   * @param id the connection's id
   * @return the connection after the change
   */
  public Connection lock(String id) {
    return changing(() -> shown(editor.lock(actor, id, true)));
  }

  /**
   * Takes the lock off a connection. Nothing happens if it isn't locked.
   *
   * @param id the connection's id
   * @return the connection after the change
   */
  public Connection unlock(String id) {
    return changing(() -> shown(editor.lock(actor, id, false)));
  }

  /**
   * Lists the connections that the actor may see. Those whose plugin is absent are among them.
   *
   * @param filter which of them
   * @param request which page, in which order
   * @return the page; its token leads to the next one
   * @throws dev.connections.api.ConnectionException with {@link CoreErrorCode#INVALID_ARGUMENT} if
   *     the page token isn't one of a list in this order
   */
  public Page<Connection> list(ConnectionFilter filter, ListRequest request) {
    return lookingUp(
        () -> {
          Page<StoredConnection> page =
              workings.store().list(actor, workings.spelledOut(filter), request);
          return new Page<>(
              page.items().stream().map(this::shown).toList(),
              page.next(),
              page.total(),
              page.notices());
        });
  }

  /**
   * {@return how many connections a list has in all}
   *
   * @param filter which of those the actor may see
   */
  public long count(ConnectionFilter filter) {
    return lookingUp(() -> workings.store().count(actor, workings.spelledOut(filter)));
  }

  /**
   * Tests a connection step by step, and keeps a summary of the result with it. While the test
   * runs, the connection's status is pending; if the test is cancelled, it is put back.
   *
   * @param id the connection's id
   * @return what was tried, in order, and how it went
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#CANCELLED}, or if it couldn't begin; a test that
   *     fails is a result
   */
  public TestResult test(String id) {
    return test(id, CallOptions.defaults());
  }

  /**
   * Tests a connection step by step, and keeps a summary of the result with it.
   *
   * @param id the connection's id
   * @param options how the test is made; it may take 30 seconds, or as long as the connection's own
   *     {@code connection_timeout} says, and no longer
   * @return what was tried, in order, and how it went
   * @throws dev.connections.api.ConnectionException as {@link #test(String)}
   */
  public TestResult test(String id, CallOptions options) {
    workings.calls().refuseIfClosed();
    return observed(() -> tester.test(actor, id, options));
  }

  /**
   * Tests a configuration that isn't stored, and stores nothing.
   *
   * @param draft what to dial
   * @return what was tried, in order, and how it went
   * @throws dev.connections.api.ConnectionException as {@link #test(String)}
   */
  public TestResult test(ConnectionDraft draft) {
    return test(draft, CallOptions.defaults());
  }

  /**
   * Tests a configuration that isn't stored, and stores nothing.
   *
   * @param draft what to dial
   * @param options how the test is made
   * @return what was tried, in order, and how it went
   * @throws dev.connections.api.ConnectionException as {@link #test(String)}
   */
  public TestResult test(ConnectionDraft draft, CallOptions options) {
    workings.calls().refuseIfClosed();
    return observed(
        () -> tester.test(actor, drafts.resolve(actor, draft, AuditOperation.TEST), options));
  }

  /**
   * {@return the schemas of the source, those of the source itself included, as they were read
   * lately or are read now}
   *
   * @param id the connection's id
   */
  public List<SchemaInfo> listSchemas(String id) {
    return listSchemas(id, CallOptions.defaults());
  }

  /**
   * {@return the schemas of the source, those of the source itself included, as they were read
   * lately or are read now}
   *
   * @param id the connection's id
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   */
  public List<SchemaInfo> listSchemas(String id, CallOptions options) {
    return browser.schemas(actor, id, options);
  }

  /**
   * {@return a page of the tables of a schema, as they were read lately or are read now}
   *
   * @param id the connection's id
   * @param query which schema, which names, which page
   */
  public Page<TableInfo> listTables(String id, TableQuery query) {
    return listTables(id, query, CallOptions.defaults());
  }

  /**
   * {@return a page of the tables of a schema, as they were read lately or are read now}
   *
   * @param id the connection's id
   * @param query which schema, which names, which page
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   */
  public Page<TableInfo> listTables(String id, TableQuery query, CallOptions options) {
    return browser.tables(actor, id, query, options);
  }

  /**
   * {@return the metadata of a table, as it was read lately or is read now}
   *
   * @param id the connection's id
   * @param table the table's name as listed
   */
  public TableMetadata getTableMetadata(String id, TableName table) {
    return getTableMetadata(id, table, CallOptions.defaults());
  }

  /**
   * {@return the metadata of a table, as it was read lately or is read now}
   *
   * @param id the connection's id
   * @param table the table's name as listed
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   */
  public TableMetadata getTableMetadata(String id, TableName table, CallOptions options) {
    return browser.table(actor, id, table, options);
  }

  /**
   * Drops what was read of a connection's source, on every node, so that the next call reads it
   * anew.
   *
   * @param id the connection's id
   */
  public void invalidateMetadata(String id) {
    workings.calls().refuseIfClosed();
    StoredConnection row = workings.access().use(actor, id, AuditOperation.INTROSPECT);
    workings.store().cachedMetadata().ifPresent(kept -> kept.forget(row.account(), row.id()));
    workings.cache().invalidate(row.account(), row.id());
  }

  /**
   * {@return what the source of a connection last said of each of its allowances, to whichever
   * node, also to other connections of the account that share them; by name} A node hears some
   * seconds later of what another one was told. Empty for a source that says nothing of the kind.
   *
   * @param id the connection's id
   */
  public List<SeenQuota> quotas(String id) {
    return lookingUp(
        () -> {
          StoredConnection row = workings.access().see(actor, id);
          return workings.quotas().of(row.account(), row.id()).stream()
              .sorted(Comparator.comparing(seen -> seen.quota().name()))
              .toList();
        });
  }

  /**
   * Finds out what an import with the settings of the connection's last one would read and cost; of
   * everything, if there was none.
   *
   * @param id the connection's id
   * @return the tables, what is left out and why, and the cost as far as it is known
   */
  public ImportPreview previewImport(String id) {
    return preview(id, Optional.empty(), CallOptions.defaults());
  }

  /**
   * Finds out what an import would read and cost.
   *
   * @param id the connection's id
   * @param wanted what the import would read
   * @return the tables, what is left out and why, and the cost as far as it is known
   */
  public ImportPreview previewImport(String id, ImportOptions wanted) {
    return previewImport(id, wanted, CallOptions.defaults());
  }

  /**
   * Finds out what an import would read and cost.
   *
   * @param id the connection's id
   * @param wanted what the import would read
   * @param options how the call is made; it may take 24 hours unless they say otherwise, and ends
   *     after 5 minutes without progress
   * @return the tables, what is left out and why, and the cost as far as it is known
   */
  public ImportPreview previewImport(String id, ImportOptions wanted, CallOptions options) {
    return preview(id, Optional.of(wanted), options);
  }

  private ImportPreview preview(String id, Optional<ImportOptions> wanted, CallOptions options) {
    workings.calls().refuseIfClosed();
    return workings
        .observer()
        .timed(ObservedOperation.PREVIEW, () -> importer.preview(actor, id, wanted, options));
  }

  /**
   * Starts an import with the settings of the connection's last import, or of all there is.
   *
   * @param id the connection's id
   * @param listener hears the import and takes what it reads
   * @return the running import
   */
  public ImportJob importMetadata(String id, ImportListener listener) {
    workings.calls().refuseIfClosed();
    return importer.start(actor, id, Optional.empty(), listener, CallOptions.defaults());
  }

  /**
   * Starts an import, and keeps its settings as the default of the connection's next one.
   *
   * @param id the connection's id
   * @param wanted what to read
   * @param listener hears the import and takes what it reads
   * @return the running import
   */
  public ImportJob importMetadata(String id, ImportOptions wanted, ImportListener listener) {
    return importMetadata(id, wanted, listener, CallOptions.defaults());
  }

  /**
   * Starts an import, and keeps its settings as the default of the connection's next one.
   *
   * @param id the connection's id
   * @param wanted what to read
   * @param listener hears the import and takes what it reads
   * @param options how the call is made; it may take 24 hours unless they say otherwise, and ends
   *     after 5 minutes without progress
   * @return the running import
   */
  public ImportJob importMetadata(
      String id, ImportOptions wanted, ImportListener listener, CallOptions options) {
    workings.calls().refuseIfClosed();
    return importer.start(actor, id, Optional.of(wanted), listener, options);
  }

  /**
   * Hands a feature of a connection's adapter to a block of code. The adapter is open for as long
   * as the block lasts.
   *
   * @param id the connection's id
   * @param feature a feature interface, such as {@link dev.connections.api.RowPreview}
   * @param body what to do with it
   * @param <F> the feature interface
   * @param <T> what comes of it
   * @param <X> what the block may throw
   * @return what the block gave
   * @throws X what the block threw, as it is
   * @throws dev.connections.api.ConnectionException with {@link
   *     dev.connections.api.StandardErrorCode#UNSUPPORTED}, naming type and feature, if the type or
   *     this configuration doesn't offer it
   */
  public <F, T, X extends Exception> T use(
      String id, Class<F> feature, FeatureUse<? super F, T, X> body) throws X {
    return use(id, feature, body, CallOptions.defaults());
  }

  /**
   * Hands a feature of a connection's adapter to a block of code. The adapter is open for as long
   * as the block lasts.
   *
   * @param id the connection's id
   * @param feature a feature interface, such as {@link dev.connections.api.RowPreview}
   * @param body what to do with it
   * @param options how the call is made; it may take 60 seconds unless they say otherwise
   * @param <F> the feature interface
   * @param <T> what comes of it
   * @param <X> what the block may throw
   * @return what the block gave
   * @throws X what the block threw, as it is
   * @throws dev.connections.api.ConnectionException as {@link #use(String, Class, FeatureUse)}
   */
  public <F, T, X extends Exception> T use(
      String id, Class<F> feature, FeatureUse<? super F, T, X> body, CallOptions options) throws X {
    workings.calls().refuseIfClosed();
    return new FeatureLender(workings).use(actor, id, feature, body, options);
  }
}
