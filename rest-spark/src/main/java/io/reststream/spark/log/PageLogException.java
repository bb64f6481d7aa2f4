package io.reststream.spark.log;

import io.reststream.core.RestException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A page log that cannot be read or written. Its message names the file and says what to do. */
public final class PageLogException extends RestException {
  private static final long serialVersionUID = 1L;

  PageLogException(String message) {
    super(message);
  }

  PageLogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static PageLogException damaged(String file, String what) {
    return new PageLogException(
        ("The page log file %s is damaged: %s. Restore it from a copy; without it this checkpoint"
                + " cannot go on, and records could be lost.")
            .formatted(file, what));
  }

  static PageLogException newer(String file, int version) {
    return new PageLogException(
        ("The page log file %s has format version %d, but this version of rest-spark reads up to"
                + " %d. Go on with the version that wrote it, or a newer one.")
            .formatted(file, version, Frame.VERSION));
  }

  /** What a failed read or write means; an interrupt stays one, so that Spark sees a stop. */
  static RuntimeException io(String doing, String file, IOException e, String advice) {
    // Java counts the time-outs of sockets among the interrupts.
    boolean isInterrupt =
        e instanceof ClosedByInterruptException
            || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
    if (isInterrupt) {
      return new UncheckedIOException(e);
    }
    return new PageLogException(
        "Cannot %s the page log file %s: %s. %s".formatted(doing, file, why(e), advice), e);
  }

  /**
   * Java's own file system says why in the name of the exception, and in the message only where.
   */
  private static String why(IOException e) {
    boolean saysWhy = !(e instanceof FileSystemException file) || file.getReason() != null;
    String message = e.getMessage();
    return saysWhy && message != null ? message : e.getClass().getSimpleName();
  }
}
