package io.reststream.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation, as their readers have them. */
final class Pages {
  /** The checkout. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern FENCED =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private Pages() {}

  /** Something to copy: {@code ```sql ... ```}. */
  record Snippet(String language, String text) {}

  static String text(String page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }

  /** All of them, the README included. */
  static List<Path> all() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    return pages;
  }

  /** What stands in a page below a heading of the second order, in its order. */
  static List<Snippet> snippets(String page, String heading) throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    Matcher fenced = FENCED.matcher(section(text(page), heading));
    while (fenced.find()) {
      snippets.add(new Snippet(fenced.group(1), fenced.group(2)));
    }
    return snippets;
  }

  static String section(String text, String heading) {
    int begin = text.indexOf("\n## " + heading + "\n");
    if (begin < 0) {
      throw new AssertionError("No heading '" + heading + "'");
    }
    int end = text.indexOf("\n## ", begin + 1);
    return text.substring(begin, end < 0 ? text.length() : end);
  }

  /** The text between two comments that stand for nothing else. */
  static String between(String text, String begin, String end) {
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new AssertionError("No '" + begin + "' with '" + end + "'");
    }
    return text.substring(from + begin.length(), to);
  }
}
