package dev.connections.filesystem.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connections.api.Column;
import dev.connections.api.ConnectionException;
import dev.connections.api.Parallel;
import dev.connections.api.RowCount;
import dev.connections.api.StandardErrorCode;
import dev.connections.api.TypeKind;
import dev.connections.filesystem.ColumnInference;
import dev.connections.filesystem.internal.BytesContent;
import dev.connections.filesystem.internal.FileContent;
import dev.connections.filesystem.internal.InferredSchema;
import dev.connections.filesystem.internal.ReadLimits;
import dev.connections.testkit.TestAdapterContext;
import dev.connections.testkit.TestOperation;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvScanTest {
  private static final int MB = 1024 * 1024;
  private static final Parallel PARALLEL = TestAdapterContext.create().parallel();

  /** So large a head that the file is read at once: what the chunks must come to. */
  private static final ReadLimits AT_ONCE =
      new ReadLimits(64 * MB, 64 * MB, MB, 4, 1_000, 16 * MB, 20_000, 500, MB, 64L * MB, MB);

  @ParameterizedTest
  @ValueSource(strings = {"plain", "quoted lines", "ragged", "crlf", "blank lines", "cr"})
  void chunks_come_to_what_one_pass_finds(String kind) throws IOException {
    BytesContent file = BytesContent.of(file(kind, 4 * MB, 5).getBytes(StandardCharsets.UTF_8));

    InferredSchema chunks = scan(file);

    assertSame(chunks, atOnce(file));
    assertThat(chunks.inference().complete()).isTrue();
  }

  @Test
  void quotes_that_open_and_close_far_apart_are_no_trouble() throws IOException {
    String text = "id,text\n1,a\n2,\"" + "line\nx,y\n".repeat(400_000) + "\"\n3,b\n".repeat(1);
    BytesContent file = BytesContent.of(text + "4,c\n".repeat(300_000));

    assertSame(scan(file), atOnce(file));
    assertThat(scan(file).rows()).contains(RowCount.exactly(300_003));
  }

  @Test
  void a_type_that_changes_late_is_seen_and_counts_are_exact() throws IOException {
    int rows = 400_000;
    StringBuilder text = new StringBuilder("id,amount\n");
    for (int i = 0; i < rows; i++) {
      text.append(i).append(',').append(i % 1_000 == 0 ? "" : "1.50").append('\n');
    }
    int late = text.length() * 2 / 3;
    int place = text.indexOf("\n", late) + 1;
    text.insert(place, "x7,12345.678\n");

    InferredSchema schema = scan(BytesContent.of(text.toString()));

    assertThat(schema.columns().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(schema.columns().get(1).type().precision()).hasValue(8);
    assertThat(schema.columns().get(1).type().scale()).hasValue(3);
    assertThat(inference(schema.columns().get(1)).nulls()).isEqualTo(rows / 1_000);
    assertThat(schema.rows()).contains(RowCount.exactly(rows + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252"})
  void other_encodings_are_read_to_their_end(String charset) throws IOException {
    String mark = charset.startsWith("UTF") ? "\uFEFF" : "";
    String text = mark + "größe,name\n" + "12,Jürgen\n".repeat(200_000) + "late,x\n";
    BytesContent file = BytesContent.of(text.getBytes(Charset.forName(charset)));

    InferredSchema schema = scan(file);

    assertThat(schema.columns()).extracting(Column::name).containsExactly("größe", "name");
    assertThat(schema.columns().get(0).type().kind()).isEqualTo(TypeKind.STRING);
    assertThat(schema.rows()).contains(RowCount.exactly(200_001));
  }

  @Test
  void a_file_that_is_a_stream_is_read_to_its_end() throws IOException {
    FileContent file =
        BytesContent.of(file("quoted lines", 4 * MB, 9).getBytes(StandardCharsets.UTF_8))
            .streamed();

    assertSame(scan(file), atOnce(file));
  }

  @Test
  void characters_outside_the_basic_plane_survive_the_ends_of_buffers() throws IOException {
    String text = "\uFEFFid,name\n" + ("1," + "😀".repeat(7) + "\n").repeat(100_000);
    BytesContent file = BytesContent.of(text.getBytes(StandardCharsets.UTF_16LE));

    InferredSchema schema = scan(file);

    assertThat(schema.rows()).contains(RowCount.exactly(100_000));
    assertThat(inference(schema.columns().get(1)).longest()).hasValue(7);
  }

  @Test
  void a_quote_that_is_never_closed_is_told() {
    String text = "id,text\n" + "1,\"a\"\n".repeat(400_000) + "2,\"open\n" + "3,\"\"\n\"x";

    assertFails(BytesContent.of(text), StandardErrorCode.MALFORMED_DATA, "never closed");
    assertFails(BytesContent.of(text).streamed(), StandardErrorCode.MALFORMED_DATA, "never closed");
  }

  @Test
  void a_record_that_is_too_long_is_told_with_its_place() {
    String text = "id,text\n" + "1,a\n".repeat(400_000) + "2," + "x".repeat(17 * MB) + "\n3,b\n";

    assertFails(BytesContent.of(text), StandardErrorCode.TOO_LARGE, "The record at byte 1600008");
    assertFails(BytesContent.of(text).streamed(), StandardErrorCode.TOO_LARGE, "longer than");
  }

  @Test
  void cancelling_ends_the_scan() {
    BytesContent file = BytesContent.of("id,text\n" + "1,a\n".repeat(2_000_000));
    AtomicReference<TestOperation> started = new AtomicReference<>();
    TestOperation watched = TestOperation.telling((phase, done, total) -> started.get().cancel());
    started.set(watched);

    assertThatThrownBy(
            () -> CsvSchemaReader.csv().full(PARALLEL).read(file, ReadLimits.DEFAULT, watched))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> assertThat(e.failure().code()).isEqualTo(StandardErrorCode.CANCELLED));
  }

  private static String file(String kind, int bytes, long seed) {
    Random random = new Random(seed);
    String end = kind.equals("crlf") ? "\r\n" : kind.equals("cr") ? "\r" : "\n";
    StringBuilder text = new StringBuilder("id,name,note,amount").append(end);
    for (int row = 0; text.length() < bytes; row++) {
      text.append(row).append(",n").append(random.nextInt(100)).append(',');
      if (kind.equals("quoted lines") && random.nextInt(3) > 0) {
        text.append("\"said \"\"no\"\",").append("\nor 1,2,3,4\n".repeat(random.nextInt(6)));
        text.append('"');
      } else {
        text.append("x".repeat(random.nextInt(40)));
      }
      text.append(',').append(random.nextInt(10) == 0 ? "" : random.nextInt(100) + ".5");
      if (kind.equals("ragged") && random.nextInt(50) == 0) {
        text.append(",more,and more");
      }
      text.append(end);
      if (kind.equals("blank lines") && random.nextInt(4) == 0) {
        text.append(end.repeat(random.nextInt(30)));
      }
    }
    return text.toString();
  }

  private static void assertSame(InferredSchema one, InferredSchema other) {
    assertThat(one.columns()).isEqualTo(other.columns());
    assertThat(one.rows()).isEqualTo(other.rows());
    assertThat(one.warnings()).isEqualTo(other.warnings());
    assertThat(one.inference().sampledRows()).isEqualTo(other.inference().sampledRows());
  }

  private static void assertFails(FileContent file, StandardErrorCode code, String part) {
    assertThatThrownBy(() -> scan(file))
        .isInstanceOfSatisfying(
            ConnectionException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(code);
              assertThat(e.failure().message()).contains(part);
            });
  }

  private static ColumnInference inference(Column column) {
    return (ColumnInference) column.extensions().get(0);
  }

  private static InferredSchema scan(FileContent file) throws IOException {
    return CsvSchemaReader.csv()
        .full(PARALLEL)
        .read(file, ReadLimits.DEFAULT, TestOperation.start());
  }

  private static InferredSchema atOnce(FileContent file) throws IOException {
    return CsvSchemaReader.csv().read(file, AT_ONCE, TestOperation.start());
  }
}
