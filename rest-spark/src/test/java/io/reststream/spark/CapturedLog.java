package io.reststream.spark;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.NullConfiguration;
import org.apache.logging.log4j.core.config.Property;

/** All that is logged while it is open: of the engine from INFO on, of ours from DEBUG on. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {
  private static final String OURS = "io.reststream";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final List<String> events = new CopyOnWriteArrayList<>();

  private CapturedLog() {
    super("captured", null, null, false, Property.EMPTY_ARRAY);
  }

  static CapturedLog open() {
    CapturedLog log = new CapturedLog();
    log.start();
    Configuration configuration = new NullConfiguration();
    log.context.setConfiguration(configuration);
    configuration.getRootLogger().setLevel(Level.INFO);
    configuration.getRootLogger().addAppender(log, null, null);
    configuration.addLogger(OURS, new LoggerConfig(OURS, Level.DEBUG, true));
    log.context.updateLoggers();
    return log;
  }

  @Override
  public void append(LogEvent event) {
    StringWriter text = new StringWriter();
    text.append(event.getLevel() + " " + event.getLoggerName() + " " + event.getThreadName() + ": ")
        .append(event.getMessage().getFormattedMessage())
        .append(" " + event.getContextData());
    if (event.getThrown() != null) {
      event.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    events.add(text.toString());
  }

  /** The events as text, with whatever they were thrown with. */
  String text() {
    return String.join("\n", events);
  }

  /** Goes back to what the tests' configuration says. */
  @Override
  public void close() {
    context.reconfigure();
    stop();
  }
}
