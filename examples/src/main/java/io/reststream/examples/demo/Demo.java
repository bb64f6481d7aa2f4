package io.reststream.examples.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code ./demo} runs: each engine reads the orders of a shop while they come in, through a
 * 429 and a restart, and is then compared with the shop's own list.
 *
 * <pre>
 * ./demo           # both engines
 * ./demo spark     # or one of them
 * </pre>
 */
public final class Demo {
  private static final List<String> ENGINES = List.of("spark", "flink");
  private static final int ORDERS_PER_CHAPTER = 50;

  private final PrintStream out;
  private final int ordersPerChapter;

  Demo(PrintStream out, int ordersPerChapter) {
    this.out = out;
    this.ordersPerChapter = ordersPerChapter;
  }

  /**
   * Runs the engines that are named, or all; the exit code is 0 if each order came once, else 1.
   */
  public static void main(String[] args) {
    int exitCode = 1;
    try {
      exitCode = new Demo(System.out, ORDERS_PER_CHAPTER).run(List.of(args));
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(exitCode);
  }

  int run(List<String> names) throws Exception {
    if (!ENGINES.containsAll(names)) {
      out.printf("Usage: ./demo [spark|flink], but was: %s%n", String.join(" ", names));
      return 1;
    }
    List<String> summary = new ArrayList<>();
    boolean allWell = true;
    try (Shop shop = Shop.open()) {
      out.println("\nA shop's API, and the options with which each engine reads its orders:\n");
      shop.options().forEach((key, value) -> out.printf("  %-18s%s%n", key, value));
      for (String name : names.isEmpty() ? ENGINES : names) {
        Delivered delivered = new Delivered(name, out);
        try (Engine engine = engine(name, shop, delivered)) {
          Story story = new Story(shop, engine, delivered, out, ordersPerChapter);
          Tally tally = story.tell();
          allWell &= tally.eachOnce();
          summary.add("%-7s%s".formatted(name, tally));
        }
      }
    }
    out.println();
    summary.forEach(out::println);
    out.println(allWell ? "\nEvery order arrived once." : "\nNot every order arrived once.");
    return allWell ? 0 : 1;
  }

  private static Engine engine(String name, Shop shop, Delivered delivered) throws Exception {
    return name.equals("spark")
        ? new SparkEngine(shop.options(), delivered)
        : new FlinkEngine(shop.options(), delivered);
  }
}
