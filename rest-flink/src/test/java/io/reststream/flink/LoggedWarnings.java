package io.reststream.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Listens to what a class logs as a warning. */
public final class LoggedWarnings extends AbstractAppender implements AutoCloseable {
  private final List<String> messages = new ArrayList<>();
  private final Logger logger;

  public LoggedWarnings(Class<?> of) {
    super("warnings", null, null, false, Property.EMPTY_ARRAY);
    logger = (Logger) LogManager.getLogger(of);
    start();
    logger.addAppender(this);
  }

  @Override
  public void append(LogEvent event) {
    if (event.getLevel() == Level.WARN) {
      messages.add(event.getMessage().getFormattedMessage());
    }
  }

  public List<String> messages() {
    return messages;
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
