package io.reststream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reststream.testkit.process.Until;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.tools.ToolProvider;
import scala.Console;
import scala.runtime.BoxedUnit;

/** Compiles a class that somebody pasted into a file, and runs it until it has printed enough. */
final class PastedJava {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private PastedJava() {}

  /** Ends what the class has started and waits for, if its thread alone is not all. */
  interface Stop {
    void stop() throws Exception;
  }

  /** What it has printed once all of {@code until} is in it. */
  static String run(String name, String text, Path directory, List<String> until, Stop stop)
      throws Exception {
    Path file = Files.writeString(directory.resolve(name + ".java"), text);
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, complaints, complaints, "-d", directory.toString(), file.toString());
    assertThat(failed).as(complaints.toString(StandardCharsets.UTF_8)).isZero();

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    PrintStream before = System.out;
    System.setOut(out);
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, PastedJava.class.getClassLoader())) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      Thread thread = new Thread(() -> main(name, loader, out, ended), name);
      thread.setContextClassLoader(loader);
      thread.start();
      try {
        Until.holds(
            "all of " + until + " printed by " + name,
            LIMIT,
            () -> holdsAll(printed, until) || failed(ended));
      } finally {
        stop.stop();
        thread.interrupt();
        thread.join(LIMIT.toMillis());
      }
      assertThat(thread.isAlive()).as(name + " still runs").isFalse();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static boolean holdsAll(ByteArrayOutputStream printed, List<String> until) {
    String text = printed.toString(StandardCharsets.UTF_8);
    return until.stream().allMatch(text::contains);
  }

  /** Throws what it has failed with; what it says about being stopped comes later than this. */
  private static boolean failed(CompletableFuture<Void> ended) throws Exception {
    if (ended.isDone()) {
      try {
        var unused = ended.get();
      } catch (ExecutionException e) {
        throw new AssertionError("The snippet failed", e.getCause());
      }
    }
    return false;
  }

  private static void main(
      String name, ClassLoader loader, PrintStream out, CompletableFuture<Void> ended) {
    Console.withOut(
        out,
        () -> {
          try {
            loader
                .loadClass(name)
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
            ended.complete(null);
          } catch (ReflectiveOperationException e) {
            ended.completeExceptionally(e);
          }
          return BoxedUnit.UNIT;
        });
  }
}
