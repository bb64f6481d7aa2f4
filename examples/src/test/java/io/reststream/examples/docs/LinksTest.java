package io.reststream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What pages link to is there. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern OF_OTHERS = Pattern.compile("[a-z]+:.*");

  @Test
  void everyLinkWithinTheCheckoutLeadsToAFileAndAHeading() throws IOException {
    List<String> dead = new ArrayList<>();
    int followed = 0;
    for (Path page : Pages.all()) {
      for (MatchResult link :
          LINK.matcher(withoutCode(Files.readString(page))).results().toList()) {
        if (OF_OTHERS.matcher(link.group(1)).matches()) {
          continue;
        }
        followed++;
        if (!leadsSomewhere(page, link.group(1))) {
          dead.add(Pages.ROOT.relativize(page) + ": " + link.group(1));
        }
      }
    }
    assertThat(dead).isEmpty();
    assertThat(followed).isGreaterThan(50);
  }

  private static String withoutCode(String page) {
    return page.replaceAll("(?ms)^```.*?^```$", "").replaceAll("`[^`\\n]*`", "code");
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.exists(target)
        && (parts.length == 1 || anchors(Files.readString(target)).contains(parts[1]));
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(String page) {
    return HEADING
        .matcher(page)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
