package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connections.api.Column;
import dev.connections.filesystem.TextDialect;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.filesystem.internal.Warning;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files as programs for tables, databases and instruments write them. */
class CsvExportsTest {

  @Test
  void placeholders_in_columns_of_numbers_leave_the_header_a_header() throws IOException {
    InferredSchema found = read("a,b\n1,2.5\nN/A,N/A\n3,4.5\n5,6.5\n");
    assertThat(names(found)).containsExactly("a", "b");
    assertThat(found.rows().orElseThrow().rows()).isEqualTo(4);
    assertThat(names(read("time,temp\ns,C\n1,20.5\n2,21.5\n3,22.5\n")))
        .as("units below the names")
        .containsExactly("time", "temp");
    assertThat(names(read("NA,1\n2,NA\n3,4\nNA,5\n6,7\n")))
        .as("a placeholder in the first of the rows")
        .containsExactly("column1", "column2");
  }

  @Test
  void a_number_that_is_none_keeps_its_column_one_of_numbers() throws IOException {
    assertThat(types(read("a,b,c\n1.5,NaN,NaN\nNaN,2,x\n")))
        .containsExactly("number", "number", "text");
  }

  @Test
  void years_in_a_row_are_names() throws IOException {
    assertThat(names(read("country,2019,2020,2021\nDE,1,2,3\nUS,4,5,6\n")))
        .containsExactly("country", "2019", "2020", "2021");
    assertThat(names(read("country,2021,2020\nDE,1.5,2\nUS,4.5,5\n")))
        .containsExactly("country", "2021", "2020");
    assertThat(names(read("region,2019,2020\nN,1234,5678\nS,2345,6789\n")))
        .containsExactly("region", "2019", "2020");
    assertThat(names(read("Ada,2001,2002\nBob,2003,2004\nCyd,1999,99\n")))
        .as("years below one of them")
        .containsExactly("column1", "column2", "column3");
    assertThat(names(read("Ada,2019,2020\nBob,2018,2021\n")))
        .as("years below as well")
        .containsExactly("column1", "column2", "column3");
  }

  @Test
  void numbers_that_count_the_columns_behind_a_blank_are_names() throws IOException {
    assertThat(names(read(",0,1,2\n0,1.5,7,2.5\n1,3.5,8,4.5\n")))
        .containsExactly("column1", "0", "1", "2");
    assertThat(names(read("1,2,3\n4,5,6\n7,8,9\n")))
        .containsExactly("column1", "column2", "column3");
  }

  @Test
  void values_that_begin_with_a_number_sign_are_no_comments() throws IOException {
    InferredSchema channels = read("channel,topic\n#general,talk\n#random,fun\n");
    assertThat(names(channels)).containsExactly("channel", "topic");
    assertThat(channels.rows().orElseThrow().rows()).isEqualTo(2);
    assertThat(read("#ff0000,3\n#00ff00,4\n#0000ff,5\n").rows().orElseThrow().rows()).isEqualTo(3);
    assertThat(read("id,n\n1,2\n#2,3\n3,4\n4,5\n").rows().orElseThrow().rows())
        .as("a row that was switched off")
        .isEqualTo(3);
    assertThat(names(read("# day, degrees\n# from, to\n1,2\n3,4\n")))
        .as("comments as wide as the rows")
        .containsExactly("column1", "column2");
  }

  @Test
  void titles_that_are_filled_up_with_delimiters_stand_above_the_table() throws IOException {
    InferredSchema found = read("Sales 2024,,\n,,\nid,name,amount\n1,Ada,2.5\n2,Bob,3.5\n");
    assertThat(names(found)).containsExactly("id", "name", "amount");
    assertThat(types(found)).containsExactly("integer", "text", "decimal(2,1)");
    assertThat(dialect(found).skippedLines()).isEqualTo(2);
    assertThat(names(read(",2023,,2024,\nRegion,Q1,Q2,Q3,Q4\nNorth,1,2,3,4\nSouth,5,6,7,8\n")))
        .as("groups of columns")
        .containsExactly("Region", "Q1", "Q2", "Q3", "Q4");
    InferredSchema commas =
        read("Report, Sales, 2024\nUser, admin\n\na,b,c,d,e\n1,x,2,y,3\n2,z,3,y,4\n");
    assertThat(names(commas)).as("titles with commas").containsExactly("a", "b", "c", "d", "e");
    assertThat(names(read("1,,\n,,2\n3,x,\n,y,4\n")))
        .as("rows with few values")
        .containsExactly("column1", "column2", "column3");
  }

  @Test
  void a_backslash_stands_before_a_delimiter_where_that_makes_the_rows_even() throws IOException {
    InferredSchema found = read("id,name\\,first,n\n1,a\\,b,2\n2,c\\,d,3\n3,e,4\n");
    assertThat(names(found)).containsExactly("id", "name,first", "n");
    assertThat(types(found)).containsExactly("integer", "text", "integer");
    assertThat(dialect(found).escape()).contains('\\');
    InferredSchema paths = read("id,path,n\n1,C:\\temp\\,2\n2,D:\\x\\,3\n");
    assertThat(names(paths)).containsExactly("id", "path", "n");
    assertThat(dialect(paths).escape()).contains('"');
    InferredSchema dump = read("1\tAda\\\tL.\t\\N\n2\tBob\t7\n3\tCy\\\tX\t8\n");
    assertThat(dump.columns()).hasSize(3);
    assertThat(dialect(dump).delimiter()).isEqualTo('\t');
  }

  @Test
  void rows_with_names_of_their_own_have_one_value_more_than_the_header() throws IOException {
    InferredSchema found = read("name,val\nr1,Ada,1.5\nr2,Bob,2.5\nr3,Cy,3.5\n");
    assertThat(names(found)).containsExactly("column1", "name", "val");
    assertThat(types(found)).containsExactly("text", "text", "decimal(2,1)");
    assertThat(found.warnings())
        .extracting(Warning::message)
        .anyMatch(message -> message.startsWith("The header has one name fewer"));
  }

  @Test
  void a_line_of_totals_is_named_as_what_keeps_a_column_from_its_type() throws IOException {
    StringBuilder text = new StringBuilder("id,amount\n");
    for (int i = 0; i < 20; i++) {
      text.append(i).append(",1.5\n");
    }
    InferredSchema found = read(text + "Total,30\n");
    assertThat(types(found)).containsExactly("text", "decimal(3,1)");
    assertThat(found.warnings())
        .extracting(Warning::message)
        .anyMatch(message -> message.startsWith("1 of 21 values seen are text"));
  }

  private static InferredSchema read(String text) throws IOException {
    return CsvSchemaReader.csv()
        .read(BytesContent.of(text), ReadLimits.DEFAULT, TestOperation.start());
  }

  private static TextDialect dialect(InferredSchema found) {
    return found.inference().dialect().orElseThrow();
  }

  private static List<String> names(InferredSchema found) {
    return found.columns().stream().map(Column::name).toList();
  }

  private static List<String> types(InferredSchema found) {
    return found.columns().stream().map(column -> column.type().nativeType()).toList();
  }
}
