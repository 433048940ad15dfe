package dev.connections.core.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void a_text_that_fits_stays_whole() {
    assertThat(Label.NAME.fitted("customer_addresses", 196)).isEqualTo("customer_addresses");
    assertThat(Label.COLUMN.fitted("", 10)).isEmpty();
  }

  @Test
  void of_wider_letters_fewer_fit() {
    String narrow = Label.NAME.fitted("i".repeat(100), 196);
    String usual = Label.NAME.fitted("n".repeat(100), 196);
    String wide = Label.NAME.fitted("W".repeat(100), 196);
    String widest = Label.NAME.fitted("漢".repeat(100), 196);

    assertThat(narrow).endsWith("…").hasSizeGreaterThan(usual.length());
    assertThat(usual).endsWith("…").hasSizeGreaterThan(wide.length());
    assertThat(wide).endsWith("…").hasSizeGreaterThan(13);
    assertThat(widest).endsWith("…").hasSizeBetween(12, 15);
    assertThat(Label.COLUMN.fitted("i".repeat(100), 170))
        .hasSameSizeAs(Label.COLUMN.fitted("W".repeat(100), 170));
  }

  @Test
  void a_letter_of_two_halves_is_never_cut_in_two() {
    for (int room = 0; room < 60; room++) {
      String shown = Label.NAME.fitted("😀😀😀", room);

      assertThat(shown.replace("😀", "").replace("…", "")).as("in %d", room).isEmpty();
    }
  }

  @Test
  void marks_above_a_letter_take_no_room() {
    assertThat(Label.NAME.fitted("e\u0301".repeat(20), 196)).isEqualTo("e\u0301".repeat(20));
  }
}
