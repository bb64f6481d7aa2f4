package io.reststream.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A reader without any offset: it reads everything again at each poll and delivers what it has not
 * delivered before. Too simple for a real API, it shows that the table's rows fit together: that
 * the options find the records, the offset and the next page where the endpoint puts them.
 */
final class RereadingRunner implements ScenarioRunner {

  private static final int MOST_ATTEMPTS = 6;
  private static final Duration WINDOW = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{([?&]?)(?:(\\w+)=)?(\\w+)(?::(\\w+))?}");

  @Override
  public ScenarioRun open(Scenario scenario, FakeApi api, Map<String, String> options) {
    return new Run(options);
  }

  @Override
  public Instant now() {
    return ManualClock.EPOCH;
  }

  private static final class Run implements ScenarioRun {

    private final Map<String, String> options;
    private final List<String> delivered = new ArrayList<>();
    private final ManualClock clock = new ManualClock();

    Run(Map<String, String> options) {
      this.options = options;
    }

    @Override
    public void drain(int expectedCount, Duration limit) throws Exception {
      deliver(cycle());
      if (delivered.size() < expectedCount) {
        throw new AssertionError(delivered.size() + " of " + expectedCount + " records");
      }
    }

    @Override
    public void restart() {
      // it reads everything again anyway
    }

    @Override
    public List<String> delivered() {
      return List.copyOf(delivered);
    }

    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public void close() {
      // holds nothing
    }

    private void deliver(List<String> all) {
      List<String> known = new ArrayList<>(delivered);
      all.stream().filter(record -> !known.remove(record)).forEach(delivered::add);
    }

    private List<String> cycle() throws Exception {
      List<String> all = new ArrayList<>();
      JsonNode inputs = FeedRecord.parse(options.getOrDefault("inputData", "[{}]"));
      for (JsonNode input : inputs) {
        Map<String, String> values = new HashMap<>();
        input
            .fields()
            .forEachRemaining(
                e -> {
                  if (!e.getValue().isNull()) {
                    values.put(e.getKey(), e.getValue().asText());
                  }
                });
        all.addAll(cycle(values));
      }
      return all;
    }

    /** Everything, in windows so small that none is cut. */
    private List<String> windows(Map<String, String> values) throws Exception {
      List<String> all = new ArrayList<>();
      Instant start = Instant.parse(option("initialOffset", ""));
      Instant last = clock.instant();
      for (; !start.isAfter(last); start = start.plus(WINDOW)) {
        values.put("windowStart", start.minusMillis(1).toString());
        values.put("windowEnd", start.plus(WINDOW).toString());
        String token = "";
        do {
          Page page = ask(values, "", token);
          if (option("windowCap", "").equals(Integer.toString(page.records.size()))) {
            throw new IllegalStateException("a window cannot be shorter than 250 ms");
          }
          all.addAll(without(page.records, all));
          token = next(page, false);
        } while (!token.isEmpty() && !token.equals("null"));
      }
      return all;
    }

    private List<String> cycle(Map<String, String> values) throws Exception {
      if (options.containsKey("windowSize")) {
        return windows(values);
      }
      boolean cursor = option("offsetType", "timestamp").equals("cursor");
      String offset = option("initialOffset", "0");
      String token = "";
      List<String> all = new ArrayList<>();
      for (int page = 0; page < 100; page++) {
        Page answer = ask(values, offset, token);
        if (answer.response.statusCode() == 410) {
          return cycle(values);
        }
        all.addAll(cursor || !token.isEmpty() ? answer.records : without(answer.records, all));
        String next = next(answer, cursor);
        if (cursor && !next.isEmpty() && !next.equals(offset)) {
          offset = next;
        } else if (!cursor && options.containsKey("pagination") && !next.isEmpty()) {
          token = next;
        } else if (!cursor && !options.containsKey("pagination") && largest(answer, offset)) {
          boolean ids = option("offsetType", "").equals("incremental");
          offset =
              ids ? new BigInteger(answer.largest).add(BigInteger.ONE).toString() : answer.largest;
        } else {
          return all;
        }
      }
      throw new AssertionError("A cycle without end");
    }

    private static List<String> without(List<String> records, List<String> known) {
      List<String> left = new ArrayList<>(known);
      return records.stream().filter(record -> !left.remove(record)).toList();
    }

    private String next(Page page, boolean cursor) {
      String field = cursor ? option("offsetField", "") : option("nextField", "");
      if (field.startsWith("header:")) {
        return page.response.headers().firstValue(field.substring(7)).orElse("");
      }
      return field.isEmpty() ? "" : page.value(field);
    }

    /** Whether the page's largest value lies above the offset that was asked with. */
    private boolean largest(Page page, String offset) {
      String field = option("offsetField", "timestamp");
      String largest = page.value(field);
      for (String record : page.records) {
        FieldValue value = new FeedRecord("", 0, record).value(field).orElse(null);
        if (value == null && largest.isEmpty()) {
          throw new IllegalStateException("No " + field + " in " + page.text);
        }
        if (value != null && (largest.isEmpty() || value.compareTo(FieldValue.of(largest)) > 0)) {
          largest = value.text();
        }
      }
      page.largest = largest;
      boolean exclusive = options.containsKey("offsetBoundary");
      return !exclusive
          && !largest.isEmpty()
          && FieldValue.of(largest).compareTo(FieldValue.of(offset)) > 0;
    }

    private Page ask(Map<String, String> values, String offset, String token) throws Exception {
      Map<String, String> all = new HashMap<>(values);
      all.put(option("offsetField", "timestamp"), offset);
      all.put("offset", offset);
      boolean link = option("pagination", "none").equals("nextUrl") && !token.isEmpty();
      all.put("pageToken", token);
      all.putIfAbsent(option("nextField", "pageToken"), token);
      all.putIfAbsent("now", "2024-01-01T00:00:00Z");
      all.putIfAbsent("uuid", UUID.randomUUID().toString());
      String expanded = expand(options.get("url"), all) + query(values);
      String url = link ? URI.create(expanded).resolve(token).toString() : expanded;
      Exception last = new IllegalStateException("Never asked");
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        try {
          return ask(url, all);
        } catch (IOException | IllegalStateException e) {
          last = e;
        }
      }
      throw last;
    }

    private Page ask(String url, Map<String, String> values) throws Exception {
      clock.advance(Duration.ofMillis(20));
      HttpResponse<byte[]> response =
          options.containsKey("method") ? sent(url, values) : Http.get(url, LIMIT);
      if (response.statusCode() / 100 != 2 && response.statusCode() != 410) {
        throw new IOException("status " + response.statusCode());
      }
      return new Page(response, values);
    }

    private static String expand(String url, Map<String, String> values) {
      return PLACEHOLDER
          .matcher(url)
          .replaceAll(match -> Matcher.quoteReplacement(expand(match, values)));
    }

    private static String expand(MatchResult match, Map<String, String> values) {
      String value = value(match, values);
      String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
      if (match.group(1).isEmpty()) {
        return encoded;
      }
      String name = match.group(2) == null ? match.group(3) : match.group(2);
      return value.isEmpty() ? "" : match.group(1) + name + "=" + encoded;
    }

    private static String value(MatchResult match, Map<String, String> values) {
      String value = Objects.requireNonNull(values.get(match.group(3)), match.group());
      if (!"epochSeconds".equals(match.group(4))) {
        return match.group(4) == null ? value : value.substring(0, 10).replace("-", "");
      }
      Instant time = value.equals("0") ? Instant.EPOCH : Instant.parse(value);
      return Long.toString(time.getEpochSecond());
    }

    private HttpResponse<byte[]> sent(String url, Map<String, String> values) throws Exception {
      String body = options.get("body");
      String type = option("header.Content-Type", "application/json");
      return body == null
          ? Http.send(option("method", ""), url, null, null)
          : Http.send(option("method", ""), url, fill(body, values, type), type);
    }

    private static String fill(String body, Map<String, String> values, String type) {
      boolean form = type.endsWith("form-urlencoded");
      return PLACEHOLDER
          .matcher(body)
          .replaceAll(
              match -> {
                String value = value(match, values);
                boolean quoted = match.start() > 0 && body.charAt(match.start() - 1) == '"';
                String json = new TextNode(value).toString();
                return Matcher.quoteReplacement(
                    form
                        ? URLEncoder.encode(value, StandardCharsets.UTF_8)
                        : quoted
                            ? json.substring(1, json.length() - 1)
                            : value.matches("\\d+") ? value : json);
              });
    }

    /** The columns of an input that nothing names, if the options say so. */
    private String query(Map<String, String> input) {
      StringBuilder query = new StringBuilder();
      if (options.containsKey("queryType")) {
        input.forEach(
            (name, value) ->
                query
                    .append('&')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
      }
      return query.toString();
    }

    private String option(String key, String otherwise) {
      return options.getOrDefault(key, otherwise);
    }

    private final class Page {
      private final HttpResponse<byte[]> response;
      private final String text;
      private final boolean lines;
      private final List<String> records;
      private String largest = "";

      Page(HttpResponse<byte[]> response, Map<String, String> input) throws IOException {
        this.response = response;
        this.text = text(response);
        this.lines = option("responseFormat", "json").equals("ndjson");
        if (lines) {
          this.records = JsonSlices.lines(text);
          return;
        }
        if (response.statusCode() == 200 && text.isEmpty()) {
          throw new IOException("The body is empty");
        }
        String dataField = option("dataField", "data").replace("$.", "");
        for (Map.Entry<String, String> column : input.entrySet()) {
          dataField = dataField.replace("{" + column.getKey() + "}", column.getValue());
        }
        this.records = text.isEmpty() ? List.of() : JsonSlices.at(text, Envelope.steps(dataField));
        if (records.isEmpty() && !text.isEmpty() && text.startsWith("{") && !text.contains("[]")) {
          throw new IllegalStateException("No " + dataField + " in " + text);
        }
      }

      String value(String path) {
        return text.startsWith("{") && !lines
            ? new FeedRecord("", 0, text).value(path).map(FieldValue::text).orElse("")
            : "";
      }

      private static String text(HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        if (response.headers().firstValue("Content-Encoding").isPresent()) {
          body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        return new String(body, StandardCharsets.UTF_8);
      }
    }
  }
}
