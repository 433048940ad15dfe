package dev.connections.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.CheckConstraint;
import dev.connections.api.Column;
import dev.connections.api.ForeignKey;
import dev.connections.api.Index;
import dev.connections.api.KeyConstraint;
import dev.connections.api.Notice;
import dev.connections.api.NoticeCode;
import dev.connections.api.Partitioning;
import dev.connections.api.SchemaName;
import dev.connections.api.TableKind;
import dev.connections.api.TableMetadata;
import dev.connections.api.TypeKind;
import dev.connections.postgresql.SchemaSequences;
import dev.connections.postgresql.SequenceInfo;
import dev.connections.postgresql.TableConstraints;
import dev.connections.postgresql.UserType;
import dev.connections.testkit.TestOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RichSchemaTest {
  private static Opened opened;

  @BeforeAll
  static void a_schema_with_everything() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create schema a",
        "create schema b",
        "create type a.mood as enum ('sad', 'ok', 'very happy')",
        "create domain a.zip as varchar(5) not null check (value ~ '^[0-9]+$')",
        "create type a.place as (street text, zip a.zip, tags text[])",
        "create table a.parent (x int, y int, name text, primary key (y, x), unique (name))",
        "create table b.child (id int generated always as identity primary key, px int, py int,"
            + " mood a.mood default 'ok', home a.place, zip a.zip, price numeric(12,3) not null,"
            + " big numeric, neg numeric(3,-2), code char(4), txt varchar(40) collate \"C\", tags"
            + " text[], moods a.mood[], at timestamptz(3), local timestamp, day date, clock time,"
            + " span interval, doc jsonb, markup xml, raw bytea, key uuid, flag bool, f4 real, f8"
            + " double precision, s smallint, l bigint, net inet, pt point, r int4range,"
            + " double_price numeric generated always as (price * 2) stored, constraint to_parent"
            + " foreign key (py, px) references a.parent on delete cascade on update restrict,"
            + " constraint positive check (price > 0))",
        "alter table b.child add constraint later foreign key (px, py)"
            + " references a.parent (y, x) not valid",
        "create index by_lower on b.child (lower(txt), px) include (code) where flag",
        "create index by_tags on b.child using gin (tags)",
        "create table a.loop1 (id int primary key, other int)",
        "create table b.loop2 (id int primary key, other int references a.loop1)",
        "alter table a.loop1 add foreign key (other) references b.loop2",
        "create view b.v as select id, price from b.child",
        "create materialized view b.mv as select 1 as one",
        "create table b.part (day date, n int) partition by range (day)",
        "create table b.part_2024 partition of b.part"
            + " for values from ('2024-01-01') to ('2025-01-01')",
        "create table b.by_expression (t text) partition by hash (lower(t))",
        "create table b.heir (extra int) inherits (a.parent)",
        "create unlogged table b.quick ()",
        "create sequence b.numbers start 5 increment 2 maxvalue 99 cycle",
        "create table b.booking (id serial, n bigint default nextval('b.numbers'), room int,"
            + " during tsrange, exclude using gist (during with &&) where (room > 0))",
        "comment on sequence b.numbers is 'odd ones'",
        "comment on constraint positive on b.child is 'no gifts'",
        "comment on index b.by_tags is 'for search'",
        "comment on schema a is 'the first'",
        "comment on table b.child is 'children'",
        "comment on column b.child.price is 'in euro'",
        "insert into a.parent select i, i, 'n' || i from generate_series(1, 500) i",
        "analyze a.parent",
        "grant usage on schema a, b to reader",
        "grant select on all tables in schema a, b to reader");
    opened = Opened.of(PostgresServer.values(database));
  }

  @AfterAll
  static void close() {
    opened.close();
  }

  private static Column column(String name) {
    return opened.table("b", "child").column(name).orElseThrow();
  }

  private static TypeKind kind(String name) {
    return column(name).type().kind();
  }

  /** Whether the server words a type for each column, or we word it: nobody sees which. */
  @Test
  void types_are_worded_as_the_server_words_them() {
    String database = PostgresServer.newDatabase();
    List<String> types =
        List.of(
            "bool",
            "int2",
            "int4",
            "int8",
            "numeric",
            "numeric(12,3)",
            "numeric(3,-2)",
            "numeric(2,5)",
            "float4",
            "float8",
            "text",
            "varchar",
            "varchar(1)",
            "varchar(10485760)",
            "bpchar",
            "char",
            "char(7)",
            "bytea",
            "date",
            "timestamp",
            "timestamp(0)",
            "timestamp(6)",
            "timestamptz",
            "timestamptz(3)",
            "uuid",
            "json",
            "jsonb",
            "time(2)",
            "timetz",
            "interval day to second(3)",
            "bit",
            "bit(3)",
            "varbit(9)",
            "varchar(5)[]",
            "numeric(9,1)[][]",
            "\"char\"",
            "name",
            "pg_catalog.pg_class",
            "oid",
            "regclass");
    PostgresServer.run(
        database,
        IntStream.range(0, types.size())
            .mapToObj(column -> "c" + column + " " + types.get(column))
            .collect(Collectors.joining(", ", "create table worded (", ")")),
        "grant select on worded to reader");

    try (Opened words = Opened.of(PostgresServer.values(database))) {
      assertThat(words.table("public", "worded").columns())
          .extracting(column -> column.type().nativeType())
          .containsExactlyElementsOf(
              PostgresServer.ask(
                  database,
                  "select format_type(atttypid, atttypmod) from pg_attribute"
                      + " where attrelid = 'worded'::regclass and attnum > 0 order by attnum"));
    }
  }

  /** Of a domain that has a collation of its own, the database's is another one. */
  @Test
  void a_collation_is_told_where_it_is_not_its_types_own() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create domain plain as text collate \"C\"",
        "create table collated (a text, b text collate \"C\", c plain, d plain collate"
            + " \"default\", e plain collate \"POSIX\", f int, g name)",
        "grant select on collated to reader");

    try (Opened collated = Opened.of(PostgresServer.values(database))) {
      assertThat(collated.table("public", "collated").columns())
          .extracting(column -> column.collation().orElse(""))
          .containsExactly("", "C", "", "default", "POSIX", "", "");
    }
  }

  @Test
  void built_in_types_become_neutral_and_keep_their_native_text() {
    Map.ofEntries(
            Map.entry("id", TypeKind.INTEGER),
            Map.entry("price", TypeKind.DECIMAL),
            Map.entry("code", TypeKind.STRING),
            Map.entry("txt", TypeKind.STRING),
            Map.entry("at", TypeKind.TIMESTAMP),
            Map.entry("local", TypeKind.TIMESTAMP_NTZ),
            Map.entry("day", TypeKind.DATE),
            Map.entry("clock", TypeKind.TIME),
            Map.entry("span", TypeKind.INTERVAL),
            Map.entry("doc", TypeKind.JSON),
            Map.entry("markup", TypeKind.XML),
            Map.entry("raw", TypeKind.BINARY),
            Map.entry("key", TypeKind.UUID),
            Map.entry("flag", TypeKind.BOOLEAN),
            Map.entry("f4", TypeKind.FLOAT),
            Map.entry("f8", TypeKind.DOUBLE),
            Map.entry("s", TypeKind.SMALLINT),
            Map.entry("l", TypeKind.BIGINT),
            Map.entry("net", TypeKind.STRING))
        .forEach((name, kind) -> assertThat(kind(name)).as(name).isEqualTo(kind));
    assertThat(column("price").type().precision()).hasValue(12);
    assertThat(column("price").type().scale()).hasValue(3);
    assertThat(column("price").type().nativeType()).isEqualTo("numeric(12,3)");
    assertThat(column("neg").type().scale()).hasValue(-2);
    assertThat(column("big").type().precision()).isEmpty();
    assertThat(column("code").type().length()).hasValue(4);
    assertThat(column("at").type().precision()).hasValue(3);
  }

  @Test
  void an_unknown_type_keeps_its_native_name() {
    assertThat(kind("pt")).isEqualTo(TypeKind.OTHER);
    assertThat(column("pt").type().nativeType()).isEqualTo("point");
    assertThat(kind("r")).isEqualTo(TypeKind.OTHER);
  }

  @Test
  void enums_domains_composites_and_arrays_are_resolved() {
    assertThat(kind("mood")).isEqualTo(TypeKind.STRING);
    assertThat(column("mood").extension(UserType.class).orElseThrow().labels())
        .containsExactly("sad", "ok", "very happy");
    assertThat(kind("zip")).isEqualTo(TypeKind.STRING);
    assertThat(column("zip").type().length()).hasValue(5);
    assertThat(column("zip").nullable()).isFalse();
    UserType zip = column("zip").extension(UserType.class).orElseThrow();
    assertThat(zip.category()).isEqualTo("domain");
    assertThat(zip.baseType()).contains("character varying(5)");
    assertThat(zip.checks()).hasSize(1);
    assertThat(zip.values()).containsEntry("name", "zip").containsKey("checks");
    assertThat(kind("tags")).isEqualTo(TypeKind.ARRAY);
    assertThat(column("tags").type().children().get(0).type().nativeType()).isEqualTo("text");
    assertThat(column("moods").type().children().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(kind("home")).isEqualTo(TypeKind.STRUCT);
    assertThat(column("home").type().children())
        .extracting(field -> field.name())
        .containsExactly("street", "zip", "tags");
  }

  @Test
  void columns_carry_default_identity_generation_collation_and_description() {
    assertThat(column("id").identity()).isTrue();
    assertThat(column("id").nullable()).isFalse();
    assertThat(column("mood").defaultExpression()).contains("'ok'::a.mood");
    assertThat(column("double_price").generatedExpression()).isPresent();
    assertThat(column("double_price").defaultExpression()).isEmpty();
    assertThat(column("txt").collation()).contains("C");
    assertThat(column("price").description()).contains("in euro");
  }

  @Test
  void keys_keep_the_order_of_their_columns() {
    TableMetadata parent = opened.table("a", "parent");

    assertThat(parent.primaryKey()).contains(KeyConstraint.of("parent_pkey", "y", "x"));
    assertThat(parent.uniqueKeys()).containsExactly(KeyConstraint.of("parent_name_key", "name"));
  }

  @Test
  void foreign_keys_carry_rules_and_validity_across_schemas() {
    SchemaName a = SchemaName.of("a");

    assertThat(opened.table("b", "child").foreignKeys())
        .containsExactly(
            ForeignKey.of("later", List.of("px", "py"), a.table("parent"), List.of("y", "x"))
                .withRules("NO ACTION", "NO ACTION")
                .notEnforced(),
            ForeignKey.of("to_parent", List.of("py", "px"), a.table("parent"), List.of("y", "x"))
                .withRules("RESTRICT", "CASCADE"));
    assertThat(opened.table("a", "loop1").foreignKeys()).hasSize(1);
    assertThat(opened.table("b", "loop2").foreignKeys()).hasSize(1);
  }

  @Test
  void indexes_carry_method_expressions_included_columns_and_predicate() {
    List<Index> indexes = opened.table("b", "child").indexes();

    assertThat(indexes)
        .contains(
            Index.of("by_lower", false, "lower(txt::text)", "px")
                .withIncluded(List.of("code"))
                .withMethod("btree")
                .withPredicate("flag"),
            Index.of("by_tags", false, "tags").withMethod("gin"),
            Index.of("child_pkey", true, "id").withMethod("btree"));
  }

  @Test
  void checks_keep_their_text() {
    assertThat(opened.table("b", "child").checks())
        .containsExactly(new CheckConstraint(Optional.of("positive"), "price > 0::numeric"));
  }

  @Test
  void views_carry_their_text_and_kind() {
    assertThat(opened.table("b", "v").info().kind()).isEqualTo(TableKind.VIEW);
    assertThat(opened.table("b", "v").definition().orElseThrow()).contains("FROM b.child");
    assertThat(opened.table("b", "mv").info().kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
    assertThat(opened.table("b", "mv").definition()).isPresent();
  }

  @Test
  void partitioning_and_inheritance_are_told() {
    assertThat(opened.table("b", "part").partitioning())
        .contains(new Partitioning("range", List.of("day"), OptionalLong.of(1)));
    assertThat(opened.table("b", "part_2024").properties())
        .containsEntry("partition_of", "\"b\".\"part\"")
        .containsKey("partition_bound");
    assertThat(opened.table("b", "by_expression").partitioning().orElseThrow().columns())
        .containsExactly("HASH (lower(t))");
    assertThat(opened.table("b", "heir").properties())
        .containsEntry("inherits", "\"a\".\"parent\"");
  }

  @Test
  void a_table_without_columns_is_a_table() {
    TableMetadata quick = opened.table("b", "quick");

    assertThat(quick.columns()).isEmpty();
    assertThat(quick.properties()).containsEntry("unlogged", "true").containsKey("owner");
  }

  @Test
  void rows_and_size_are_told_without_a_scan() {
    TableMetadata parent = opened.table("a", "parent");

    assertThat(parent.rowCount().orElseThrow().rows()).isEqualTo(500);
    assertThat(parent.rowCount().orElseThrow().exact()).isFalse();
    assertThat(parent.sizeInBytes().orElseThrow()).isPositive();
    assertThat(opened.table("b", "child").rowCount()).isEmpty();
  }

  @Test
  void descriptions_come_with_schemas_and_tables() {
    assertThat(opened.adapter().listSchemas(dev.connections.testkit.TestOperation.start()))
        .filteredOn(schema -> schema.name().schema().equals("a"))
        .allSatisfy(schema -> assertThat(schema.description()).contains("the first"));
    assertThat(opened.table("b", "child").info().description()).contains("children");
  }

  @Test
  void sequences_of_columns_are_told_owned_or_not() {
    TableMetadata booking = opened.table("b", "booking");

    SequenceInfo serial =
        booking.column("id").orElseThrow().extension(SequenceInfo.class).orElseThrow();
    assertThat(serial.name()).isEqualTo("booking_id_seq");
    assertThat(serial.owned()).isTrue();
    SequenceInfo numbers =
        booking.column("n").orElseThrow().extension(SequenceInfo.class).orElseThrow();
    assertThat(numbers.values())
        .containsEntry("schema", "b")
        .containsEntry("name", "numbers")
        .containsEntry("type", "bigint")
        .containsEntry("start", 5L)
        .containsEntry("increment", 2L)
        .containsEntry("most", 99L)
        .containsEntry("cycles", true)
        .containsEntry("owned", false)
        .containsEntry("description", "odd ones");
    assertThat(column("id").extension(SequenceInfo.class)).isPresent();
    assertThat(booking.column("room").orElseThrow().extensions()).isEmpty();
  }

  @Test
  void sequences_of_a_schema_are_told_though_no_column_uses_them() {
    String database = PostgresServer.newDatabase();
    PostgresServer.run(
        database,
        "create schema s",
        "create sequence s.\"b 'b\" increment -1",
        "create sequence s.a start 7 cache 5",
        "create sequence s.hidden",
        "create table s.t (id serial)",
        "comment on sequence s.a is 'free'",
        "grant usage on schema s to reader",
        "grant usage on sequence s.\"b 'b\", s.t_id_seq to reader",
        "grant select on sequence s.a to reader");
    try (Opened other = Opened.of(PostgresServer.values(database))) {
      SchemaSequences sequences = other.adapter().as(SchemaSequences.class).orElseThrow();
      List<SequenceInfo> found = sequences.in(SchemaName.of("s"), TestOperation.start());

      assertThat(found).extracting(SequenceInfo::name).containsExactly("a", "b 'b", "t_id_seq");
      assertThat(found).extracting(SequenceInfo::owned).containsExactly(false, false, true);
      assertThat(found.get(0).start()).isEqualTo(7);
      assertThat(found.get(0).description()).contains("free");
      assertThat(found.get(1).increment()).isEqualTo(-1);
      assertThat(sequences.in(SchemaName.of("none"), TestOperation.start())).isEmpty();
    }
  }

  @Test
  void exclusion_constraints_and_comments_on_constraints_and_indexes_are_told() {
    TableConstraints booking =
        opened.table("b", "booking").extension(TableConstraints.class).orElseThrow();
    assertThat(booking.exclusions())
        .hasSize(1)
        .containsEntry(
            "booking_during_excl", "EXCLUDE USING gist (during WITH &&) WHERE (room > 0)");

    TableConstraints child =
        opened.table("b", "child").extension(TableConstraints.class).orElseThrow();
    assertThat(child.constraintDescriptions()).containsEntry("positive", "no gifts");
    assertThat(child.indexDescriptions()).containsEntry("by_tags", "for search");
    assertThat(opened.table("a", "loop1").extensions()).isEmpty();
  }

  @Test
  void a_type_without_a_neutral_counterpart_is_told_in_a_notice() {
    assertThat(opened.table("b", "child").notices())
        .filteredOn(notice -> notice.code() == NoticeCode.UNKNOWN_TYPE)
        .extracting(notice -> ((Notice.Scope.Column) notice.scope()).column())
        .contains("pt", "r")
        .doesNotContain("price", "mood", "home");
  }
}
