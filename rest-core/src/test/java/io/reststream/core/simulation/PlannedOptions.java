package io.reststream.core.simulation;

import io.reststream.core.simulation.Plan.Offsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options under which a planned life is read, and the names that its API uses. */
final class PlannedOptions {
  static final String ADDRESS = "http://api.test/feeds/";
  private static final String NEXT_HEADER = "X-Next";
  private static final String OFFSET_HEADER = "X-Offset";

  /** What says that a page is the last one, by the base of a plan. */
  private static final String[] END_WHEN = {
    "done=true", "state=last", "end,never=1", "goesOn!=true"
  };

  private PlannedOptions() {}

  /** The fields that say whether a page is the last one, by the same. */
  static String end(Plan plan, boolean last) {
    return switch (plan.base) {
      case 0 -> "\"done\":" + last + ",";
      case 1 -> "\"state\":\"" + (last ? "last" : "more") + "\",";
      case 2 -> "\"end\":" + (last ? "{\"of\":[1]}" : "null") + ",";
      default -> "\"goesOn\":" + !last + ",";
    };
  }

  static boolean pagesInBody(Plan plan) {
    return plan.shape != Plan.Shape.BARE && plan.base > 1;
  }

  static Map<String, String> of(Plan plan, Dice dice) {
    Map<String, String> options = new HashMap<>();
    options.put("url", url(plan));
    if (plan.posted) {
      options.put("method", "POST");
      options.put("body", body(plan));
    }
    options.put("inputData", inputData(plan, dice));
    options.put("offsetType", type(plan.offsets));
    boolean next = plan.linkOffset && !plan.isPaged();
    options.put(
        "offsetField",
        next
            ? "link:next"
            : plan.offsetInHeader
                ? "header:" + OFFSET_HEADER
                : plan.tupleFields
                    ? offsetField(plan) + "," + offsetField(plan).replace("at", "sub")
                    : offsetField(plan));
    if (!plan.initial.equals("0") || plan.offsets == Offsets.CURSOR) {
      options.put("initialOffset", plan.initial);
    }
    // The offsets of records mean nothing beside one in a header.
    if (plan.exclusive && (!plan.offsetInHeader || plan.granularity > 0)) {
      options.put("offsetBoundary", "exclusive");
    }
    if (plan.order != null && !plan.offsetInHeader) {
      options.put("order", plan.order);
    }
    switch (plan.shape) {
      case NAMED -> options.put("dataField", "items");
      case NESTED -> options.put("dataField", "result.items");
      case BARE, DATA -> {}
    }
    if (plan.keyed) {
      String id = plan.nestedFields ? "meta.id" : "id";
      boolean withOffset = plan.offsets.isInResponse() && plan.updates;
      options.put("keyField", withOffset ? id + "," + offsetField(plan) : id);
    }
    // Where the response says if there is more, the size of a page says nothing.
    boolean numbered = plan.paging == Plan.Paging.PAGE_NUMBER;
    if (plan.pageSize && (numbered || (!plan.isPaged() && plan.offsets != Offsets.CURSOR))) {
      options.put("pageSize", Integer.toString(plan.mostLimit));
    }
    options.putAll(paging(plan));
    if (plan.offsets != Offsets.CURSOR && plan.form.format() != null) {
      options.put("offsetFormat", plan.form.format());
    }
    if (plan.sendForm != plan.form) {
      String format = plan.sendForm.format();
      options.put("offsetSendFormat", format == null ? "iso" : format);
    }
    if (plan.lookback > 0) {
      options.put("lookback", plan.form.span(plan.lookback, dice.below(3)));
    }
    if (plan.granularity > 0) {
      options.put("offsetGranularity", plan.form.span(plan.granularity, dice.below(3)));
    }
    options.put("maxKeys", Integer.toString(plan.maxKeys));
    options.put("batchSize", Integer.toString(plan.batchSize));
    options.put("maxRetries", Integer.toString(plan.maxRetries));
    return options;
  }

  private static Map<String, String> paging(Plan plan) {
    Map<String, String> options = new HashMap<>();
    String next = plan.nextInHeader ? "header:" + NEXT_HEADER : "paging.next";
    switch (plan.paging) {
      case NONE -> {}
      case NEXT_URL -> {
        options.put("pagination", "nextUrl");
        options.put("nextField", next);
      }
      case LINK_HEADER -> options.put("pagination", "linkHeader");
      case TOKEN -> {
        options.put("pagination", "cursor");
        options.put("nextField", next);
      }
      case PAGE_NUMBER -> options.put("pagination", "pageNumber");
      case OFFSET_LIMIT -> options.put("pagination", "offsetLimit");
      case LAST_RECORD -> {
        options.put("pagination", "lastRecord");
        String n = plan.nestedFields ? "meta.n" : "n";
        options.put("nextField", plan.tupleToken ? n + "," + n.replace("n", "id") : n);
      }
    }
    if (plan.paging.isNumbered()) {
      if (plan.firstPage != (plan.paging == Plan.Paging.PAGE_NUMBER ? 1 : 0)) {
        options.put("firstPage", Integer.toString(plan.firstPage));
      }
      if (plan.pageStep > 0) {
        options.put("pageStep", Integer.toString(plan.pageStep));
      }
    }
    if (plan.isPaged()) {
      switch (plan.said) {
        case NOTHING -> {}
        case MORE -> options.put("hasMoreField", "header:X-More");
        case TOTAL -> options.put("totalField", "header:X-Total");
        case TOTAL_PAGES ->
            options.put("totalPagesField", pagesInBody(plan) ? "pages" : "header:X-Pages");
        case WHEN -> options.put("endWhen", END_WHEN[plan.base]);
        case SHORT -> {
          options.put("shortPageEnds", "true");
          options.put("pageSize", Integer.toString(plan.mostLimit));
        }
      }
    }
    if (plan.maxPages > 0) {
      options.put("maxPages", Integer.toString(plan.maxPages));
    }
    return options;
  }

  /** Options under which a stored position means something else, by the name of the one changed. */
  static Map<String, Map<String, String>> others(Plan plan, Map<String, String> options) {
    Map<String, Map<String, String>> others = new LinkedHashMap<>();
    others.put("url", with(options, "url", options.get("url") + "&other=1"));
    others.put("keyField", with(options, "keyField", "id2"));
    others.put("dataField", with(options, "dataField", "others"));
    if (plan.offsets != Offsets.CURSOR && !plan.offsetInHeader) {
      String boundary = plan.exclusive ? "inclusive" : "exclusive";
      others.put("offsetBoundary", with(options, "offsetBoundary", boundary));
      String order = "none".equals(options.get("order")) ? "ascending" : "none";
      others.put("order", with(options, "order", order));
    }
    return others;
  }

  static Map<String, String> with(Map<String, String> options, String name, String value) {
    Map<String, String> changed = new HashMap<>(options);
    changed.put(name, value);
    changed.remove("acceptChanges");
    return changed;
  }

  private static String url(Plan plan) {
    String path = ADDRESS + "{feed}";
    boolean token = plan.isPaged() && !plan.paging.isAddress();
    if (plan.posted) {
      return path + "?all=1";
    }
    if (!plan.sent || plan.linkOffset) {
      return path + (token ? "?all=1{&pageToken}" : "?all=1");
    }
    if (plan.queryForm) {
      return path + (token ? "{?offset,pageToken}" : "{?offset}");
    }
    return path + "?offset={offset}" + (token ? "&pageToken={pageToken}" : "");
  }

  private static String body(Plan plan) {
    String offset = plan.sent ? "\"offset\" : {offset}, " : "";
    String token = plan.isPaged() ? "\"pageToken\": {pageToken} ," : "";
    String quoted = plan.isPaged() ? "\n,\"pageToken\":\"{pageToken}\"" : "";
    return plan.queryForm
        ? "{" + offset + "\"of\": [\"{feed}\"]" + quoted + "}"
        : "{" + offset + token + "\"of\":\"{feed}\"}";
  }

  static String inputData(Plan plan, Dice dice) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < plan.inputs; i++) {
      rows.add("{\"feed\":\"" + feed(i) + "\"}");
    }
    Collections.rotate(rows, dice.below(plan.inputs));
    return rows.toString();
  }

  static String feed(int index) {
    return "feed-" + index;
  }

  private static String type(Offsets offsets) {
    return switch (offsets) {
      case CLOCK, PAGE_MAX, RECORD_TIMES -> "timestamp";
      case MAX_FIELD -> "max_field";
      case INCREMENTAL -> "incremental";
      case CURSOR -> "cursor";
    };
  }

  static String offsetField(Plan plan) {
    return plan.nestedFields ? "meta.at" : "at";
  }

  /** The header of an offset or a page token. */
  static String header(boolean offset) {
    return offset ? OFFSET_HEADER : NEXT_HEADER;
  }
}
