package io.reststream.testkit.process;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class, and ends the JVM at once when the process that started it is gone: its
 * end of the standard input closes then, however it died.
 */
public final class EndsWithParent {

  private EndsWithParent() {}

  /** The main class to run, followed by its arguments. */
  public static void main(String[] args) throws Exception {
    Thread watch = new Thread(EndsWithParent::watch, "ends-with-parent");
    watch.setDaemon(true);
    watch.start();
    Method main = Class.forName(args[0]).getMethod("main", String[].class);
    // As the java command does, which runs classes that are not public too.
    main.setAccessible(true);
    main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
  }

  private static void watch() {
    try {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (IOException alsoGone) {
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(1);
  }
}
