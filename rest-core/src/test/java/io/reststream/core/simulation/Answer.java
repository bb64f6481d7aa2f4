package io.reststream.core.simulation;

import io.reststream.core.http.RestResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One answer being written in the API's shape. */
final class Answer {
  /** Stands for a field that is not there; no API writes it. */
  static final String ABSENT = "\0";

  private final Plan plan;
  private final Map<String, List<String>> headers = new HashMap<>();
  private final StringBuilder fields = new StringBuilder();
  private boolean empty = true;

  Answer(Plan plan) {
    this.plan = plan;
  }

  void next(@Nullable String value) {
    if (plan.paging == Plan.Paging.LINK_HEADER) {
      link(value);
    } else if (plan.nextInHeader) {
      header(PlannedOptions.header(false), value);
    } else if (!ABSENT.equals(value)) {
      field("\"paging\":{\"next\":" + quoted(value) + "},", value);
    }
  }

  private void link(@Nullable String value) {
    if (value != null && !value.isEmpty() && !value.equals(ABSENT)) {
      headers.put(
          "link", List.of("<self>; rel=self", "<up>; rel=up, <" + value + ">; REL=\"x Next\""));
      empty = false;
    }
  }

  /** Whether more follows, or how many records there are, as far as the API says so. */
  void said(boolean more, int total, int pages) {
    switch (plan.said) {
      case MORE -> headers.put("X-More", List.of(Boolean.toString(more)));
      case TOTAL -> headers.put("X-Total", List.of(Integer.toString(total)));
      case TOTAL_PAGES -> {
        if (PlannedOptions.pagesInBody(plan)) {
          fields.append("\"pages\":").append(pages).append(',');
        } else {
          headers.put("X-Pages", List.of(Integer.toString(pages)));
        }
      }
      case WHEN -> fields.append(PlannedOptions.end(plan, !more));
      case NOTHING, SHORT -> {}
    }
  }

  void offset(@Nullable String value) {
    if (plan.linkOffset && !plan.isPaged()) {
      link(value);
    } else if (plan.offsetInHeader) {
      header(PlannedOptions.header(true), value);
    } else if (!ABSENT.equals(value)) {
      boolean text = value == null || plan.offsets == Plan.Offsets.CURSOR;
      String json = text ? quoted(value) : plan.form.json(value);
      field(plan.nestedFields ? "\"meta\":{\"at\":" + json + "}," : "\"at\":" + json + ",", value);
    }
  }

  /** Whether an answer without a body says the same. */
  boolean isEmpty() {
    return empty;
  }

  private void header(String name, @Nullable String value) {
    if (value != null && !value.equals(ABSENT)) {
      headers.put(name, List.of(value));
      empty &= value.isEmpty();
    }
  }

  private void field(String json, @Nullable String value) {
    fields.append(json);
    empty &= value == null || value.isEmpty();
  }

  private static String quoted(@Nullable String value) {
    return value == null ? "null" : '"' + value + '"';
  }

  RestResponse response(List<Feed.Item> items) {
    StringBuilder body = new StringBuilder();
    switch (plan.shape) {
      case BARE -> {}
      case DATA -> body.append('{').append(fields).append("\"data\":");
      case NAMED -> body.append('{').append(fields).append("\"items\":");
      case NESTED -> body.append('{').append(fields).append("\"result\":{\"items\":");
    }
    body.append('[');
    for (int i = 0; i < items.size(); i++) {
      body.append(i == 0 ? "" : ",").append(items.get(i).json());
    }
    body.append(']');
    switch (plan.shape) {
      case BARE -> {}
      case DATA, NAMED -> body.append('}');
      case NESTED -> body.append("}}");
    }
    return new RestResponse(200, headers, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
