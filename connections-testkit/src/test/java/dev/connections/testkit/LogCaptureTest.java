package dev.connections.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogCaptureTest {
  private static final Logger ROOT = Logger.getLogger("");

  @Test
  void it_hears_every_level_with_parameters_and_stack_traces() {
    try (LogCapture log = LogCapture.start()) {
      Logger.getLogger("some.driver").log(Level.FINEST, "url {0}", new Object[] {"jdbc:x"});
      Logger.getLogger("some.driver").log(Level.SEVERE, "broke", new Exception("why"));

      assertThat(log.text()).contains("FINEST some.driver: url jdbc:x", "SEVERE", "why");
      assertThat(log.lines()).hasSize(2);
    }
  }

  @Test
  void it_hears_what_is_logged_through_slf4j() {
    try (LogCapture log = LogCapture.start()) {
      LoggerFactory.getLogger("some.adapter").trace("row {}", 7);

      assertThat(log.text()).contains("some.adapter: row 7");
    }
  }

  @Test
  void it_hears_loggers_that_keep_to_themselves() {
    Logger quiet = Logger.getLogger("quiet");
    quiet.setUseParentHandlers(false);
    quiet.setLevel(Level.SEVERE);
    try (LogCapture log = LogCapture.start()) {
      quiet.fine("whisper");

      assertThat(log.text()).contains("whisper");
    } finally {
      quiet.setUseParentHandlers(true);
    }
    assertThat(quiet.getLevel()).isEqualTo(Level.SEVERE);
  }

  @Test
  void it_restores_everything_when_the_last_one_is_closed() {
    Level level = ROOT.getLevel();
    int handlers = ROOT.getHandlers().length;

    LogCapture first = LogCapture.start();
    LogCapture second = LogCapture.start();
    first.close();
    first.close();
    assertThat(ROOT.getLevel()).isEqualTo(Level.ALL);
    Logger.getLogger("x").finest("heard by the second");
    second.close();

    assertThat(ROOT.getLevel()).isEqualTo(level);
    assertThat(ROOT.getHandlers()).hasSize(handlers);
    assertThat(first.text()).isEmpty();
    assertThat(second.text()).contains("heard by the second");
    Logger.getLogger("x").severe("heard by nobody");
    assertThat(second.lines()).hasSize(1);
  }
}
