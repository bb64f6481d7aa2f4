package io.reststream.spark.call;

import io.reststream.core.Calls;
import io.reststream.core.PageInfo;
import io.reststream.core.config.OnError;
import io.reststream.spark.log.PageFacts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the call for a row.
 *
 * @param outputs one text for each row that becomes of it; null where an answer had no body, or
 *     there is none
 * @param pages where each output came from; none where that is not known
 * @param error why there is no answer; null where there is one
 */
record Outcome(List<@Nullable String> outputs, List<PageFacts> pages, @Nullable String error)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What an answer is for its row.
   *
   * @throws io.reststream.core.RestException if the call failed and that fails the job
   */
  static Outcome of(Calls.Answer answer, OnError onError) {
    List<Calls.Answered<String>> answered = answer.answered("", onError);
    List<@Nullable String> outputs = new ArrayList<>(answered.size());
    answered.forEach(one -> outputs.add(one.output()));
    List<PageFacts> pages = new ArrayList<>(answer.pages().size());
    @Nullable PageInfo last = null;
    for (PageInfo page : answer.pages()) {
      pages.add(page.equals(last) ? pages.get(pages.size() - 1) : PageFacts.of(page));
      last = page;
    }
    return new Outcome(outputs, pages, answered.isEmpty() ? null : answered.get(0).error());
  }

  /** Where an output came from, if that is known. */
  @Nullable PageFacts page(int output) {
    return pages.isEmpty() ? null : pages.get(output);
  }
}
