package dev.connections.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Hears everything that is logged while it is open, at every level down to TRACE, with parameters
 * and stack traces. It listens at {@code java.util.logging}; what logs through slf4j arrives there
 * if {@code slf4j-jdk14} is on the class path of the test.
 *
 * <p>Levels are restored when the last open capture is closed. Safe for any thread.
 */
public final class LogCapture implements AutoCloseable {
  private static final Object LEVELS = new Object();
  private static final Map<Logger, Optional<Level>> SAVED = new LinkedHashMap<>();
  private static int open;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<Logger> heard = new ArrayList<>();
  private final Handler handler = new Ear();

  private LogCapture() {}

  /** {@return a capture that listens from now on} */
  public static LogCapture start() {
    LogCapture capture = new LogCapture();
    capture.listen();
    return capture;
  }

  private void listen() {
    handler.setLevel(Level.ALL);
    synchronized (LEVELS) {
      boolean first = open++ == 0;
      Logger root = Logger.getLogger("");
      for (Logger logger : loggers()) {
        boolean isRoot = logger.equals(root);
        if (first && (isRoot || logger.getLevel() != null)) {
          SAVED.put(logger, Optional.ofNullable(logger.getLevel()));
          logger.setLevel(Level.ALL);
        }
        if (isRoot || !logger.getUseParentHandlers()) {
          logger.addHandler(handler);
          heard.add(logger);
        }
      }
    }
  }

  private static List<Logger> loggers() {
    List<Logger> loggers = new ArrayList<>();
    for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
      Logger logger = LogManager.getLogManager().getLogger(name);
      if (logger != null) {
        loggers.add(logger);
      }
    }
    return loggers;
  }

  /** {@return what was logged so far: one text for each record, in order} */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** {@return what was logged so far, as one text} */
  public String text() {
    return String.join("\n", lines());
  }

  /** Stops listening and restores the levels. Calling it again does nothing. */
  @Override
  public void close() {
    synchronized (LEVELS) {
      if (heard.isEmpty()) {
        return;
      }
      heard.forEach(logger -> logger.removeHandler(handler));
      heard.clear();
      if (--open == 0) {
        SAVED.forEach((logger, level) -> restore(logger, level));
        SAVED.clear();
      }
    }
  }

  private static void restore(Logger logger, Optional<Level> level) {
    logger.setLevel(level.orElse(null));
  }

  private final class Ear extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(@Nullable LogRecord record) {
      if (record == null) {
        return;
      }
      StringWriter text = new StringWriter();
      text.append(record.getLevel().getName()).append(' ');
      text.append(String.valueOf(record.getLoggerName())).append(": ");
      text.append(formatter.formatMessage(record));
      Object[] parameters = record.getParameters();
      if (parameters != null) {
        text.append(' ').append(Arrays.deepToString(parameters));
      }
      if (record.getThrown() != null) {
        text.append('\n');
        record.getThrown().printStackTrace(new PrintWriter(text, true));
      }
      lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
