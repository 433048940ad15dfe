package dev.connections.http;

import dev.connections.api.Operation;
import dev.connections.api.Page;
import dev.connections.api.SchemaInfo;
import dev.connections.api.StandardFailures;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;
import dev.connections.api.TableQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows schemas, pages of tables and single tables out of one list, which is kept for a moment:
 * whoever browses asks for all of them in a row. Safe for any thread.
 */
final class ServiceBrowsing<L extends TableList> {
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final ServiceCatalog<L> catalog;
  private final Clock clock;
  private volatile Optional<Seen<L>> seen = Optional.empty();

  private record Seen<L>(L list, Findings findings, Instant until) {}

  ServiceBrowsing(ServiceCatalog<L> catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  private Seen<L> seen(Operation operation) {
    Instant now = clock.instant();
    Optional<Seen<L>> before = seen.filter(kept -> now.isBefore(kept.until()));
    if (before.isPresent()) {
      return before.get();
    }
    Findings findings = new Findings();
    L list = catalog.list(findings, operation);
    Seen<L> read = new Seen<>(list, findings, clock.instant().plus(KEPT));
    seen = Optional.of(read);
    return read;
  }

  List<SchemaInfo> schemas(Operation operation) {
    return seen(operation).list().schemas().stream().sorted().map(SchemaInfo::of).toList();
  }

  Page<TableInfo> page(TableQuery query, Operation operation) {
    Seen<L> now = seen(operation);
    if (!now.list().schemas().contains(query.schema())) {
      throw StandardFailures.notFound("schema", query.schema().display()).asException();
    }
    String part = query.nameContains().orElse("").toLowerCase(Locale.ROOT);
    List<TableInfo> matching =
        now.list().tables().stream()
            .filter(info -> info.name().schema().equals(query.schema()))
            .filter(info -> info.name().table().toLowerCase(Locale.ROOT).contains(part))
            .toList();
    List<TableInfo> left =
        matching.stream()
            .filter(info -> info.name().table().compareTo(query.pageToken().orElse("")) > 0)
            .toList();
    List<TableInfo> page = left.subList(0, Math.min(query.limit(), left.size()));
    Optional<String> next =
        page.size() == left.size()
            ? Optional.empty()
            : Optional.of(page.get(page.size() - 1).name().table());
    return new Page<>(page, next, OptionalLong.of(matching.size()), now.findings().notices());
  }

  TableMetadata table(TableName name, Operation operation) {
    L list = seen(operation).list();
    TableInfo table =
        list.find(name)
            .orElseThrow(() -> StandardFailures.notFound("table", name.display()).asException());
    return catalog.table(list, table, operation);
  }
}
