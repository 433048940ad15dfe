package dev.connections.testkit;

import dev.connections.api.Failure;
import dev.connections.api.ImportPlan;
import dev.connections.api.MetadataSink;
import dev.connections.api.Notice;
import dev.connections.api.SchemaName;
import dev.connections.api.TableInfo;
import dev.connections.api.TableMetadata;
import dev.connections.api.TableName;

/** Forwards everything; what a subclass overrides is what an adapter does wrong with its sink. */
class TwistedSink implements MetadataSink {
  final MetadataSink sink;

  TwistedSink(MetadataSink sink) {
    this.sink = sink;
  }

  @Override
  public Decision listed(TableInfo table) {
    return sink.listed(table);
  }

  @Override
  public void listingComplete(SchemaName schema) {
    sink.listingComplete(schema);
  }

  @Override
  public void listingFailed(SchemaName schema, Failure failure) {
    sink.listingFailed(schema, failure);
  }

  @Override
  public boolean proceed(ImportPlan plan) {
    return sink.proceed(plan);
  }

  @Override
  public void table(TableMetadata table) {
    sink.table(table);
  }

  @Override
  public void failed(TableName table, Failure failure) {
    sink.failed(table, failure);
  }

  @Override
  public void notice(Notice notice) {
    sink.notice(notice);
  }
}
