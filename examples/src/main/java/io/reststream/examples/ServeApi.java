package io.reststream.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What {@code ./demo api} runs: the {@link ExampleApi} alone, for jobs of your own and those of
 * docs/getting-started.md to read, until it is stopped.
 */
public final class ServeApi {
  private static final int USUAL_PORT = 8765;
  private static final int LARGEST_PORT = 65_535;

  private ServeApi() {}

  /** Serves at the port that is given, or at 8765; 0 takes a free one. */
  public static void main(String[] args) throws Exception {
    try (ExampleApi api = start(List.of(args), System.out)) {
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Starts it and says where it is.
   *
   * @throws IllegalArgumentException if the port is none, or is taken
   */
  static ExampleApi start(List<String> args, PrintStream out) {
    int port = port(args);
    ExampleApi api;
    try {
      api = ExampleApi.growingAt(port);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Port %d of 127.0.0.1 cannot be had (%s). Choose another, such as ./demo api %d, and write it in place of %d in what you run."
              .formatted(port, e.getMessage(), port < LARGEST_PORT ? port + 1 : 0, USUAL_PORT),
          e);
    }
    out.printf(
        """

        An API at %1$s, with two more events each second:

          %1$s/events?since=0        those from a time on: {"events": [...]}
          %1$s/data?cursor=start     page by page: {"results": [...], "next_cursor": "..."}
          %1$s/items?start_id=0      those from an id on: [...]
          %1$s/users?id=7            one user: {"name": "user 7"}

        It runs until you stop it (Ctrl+C). What to do with it: docs/getting-started.md
        """,
        api.url());
    return api;
  }

  private static int port(List<String> args) {
    if (args.isEmpty()) {
      return USUAL_PORT;
    }
    String text = String.join(" ", args);
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LARGEST_PORT) {
      throw new IllegalArgumentException(
          "The port of ./demo api must be a number from 0 (a free one) to %d, but was '%s'."
              .formatted(LARGEST_PORT, text));
    }
    return Integer.parseInt(text);
  }
}
