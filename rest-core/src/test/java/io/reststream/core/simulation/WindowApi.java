package io.reststream.core.simulation;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An API in memory that is asked for the records between two times. */
final class WindowApi implements Transport {

  /**
   * A published record.
   *
   * @param tie decides its place in a shuffled list
   */
  record Item(Instant time, int tie, String json) {}

  private final WindowPlan plan;
  private final Dice dice;
  private final ManualClock clock;
  private final Trace trace;
  private final List<Item> items = new ArrayList<>();
  private final Map<Long, Integer> inASecond = new HashMap<>();
  private final List<List<Item>> answers = new ArrayList<>();
  private long requests;
  private int refusals;
  private boolean quiet;
  private boolean failed;

  WindowApi(WindowPlan plan, Dice dice, ManualClock clock, Trace trace) {
    this.plan = plan;
    this.dice = dice;
    this.clock = clock;
    this.trace = trace;
  }

  List<Item> items() {
    return items;
  }

  long requests() {
    return requests;
  }

  boolean failed() {
    return failed;
  }

  void quiet() {
    quiet = true;
  }

  /** Publishes some records from a stretch of time, many of them at edges of windows. */
  void publish(Instant from, Instant to, int count) {
    long millis = Duration.between(from, to).toMillis();
    for (int i = 0; i < count && millis >= 0; i++) {
      Instant time = from.plusMillis(millis == 0 ? 0 : dice.below((int) millis + 1) / 250 * 250L);
      if (dice.chance(0.5)) {
        long quarter = Math.max(1, plan.size * 1000L / 4);
        long since = Duration.between(WindowPlan.INITIAL, time).toMillis();
        Instant edge = WindowPlan.INITIAL.plusMillis(since / quarter * quarter);
        time = edge.isBefore(from) ? time : edge;
      }
      publish(time);
    }
  }

  private void publish(Instant time) {
    boolean first = plan.startExclusive && time.equals(WindowPlan.INITIAL);
    if (first || inASecond.merge(time.getEpochSecond(), 1, Integer::sum) > plan.mostInASecond) {
      return;
    }
    Item last = items.isEmpty() ? null : items.get(items.size() - 1);
    boolean twin = plan.twins && last != null && last.time().equals(time) && dice.chance(0.5);
    String json = twin ? last.json() : "{\"id\":%d%s}".formatted(items.size(), shown(time));
    items.add(new Item(time, dice.below(1_000_000), json));
    trace.add("  published at %s: %s", time, json);
  }

  private String shown(Instant time) {
    return switch (plan.form) {
      case NONE -> "";
      case ISO -> ",\"at\":\"" + time + "\"";
      case MILLIS -> ",\"at\":" + time.toEpochMilli();
      case SECONDS -> ",\"at\":" + time.getEpochSecond();
    };
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    requests++;
    failed = false;
    Map<String, String> asked = new HashMap<>();
    for (String part : request.uri().getRawQuery().split("&")) {
      String[] pair = part.split("=", 2);
      asked.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    Instant to = Instant.parse(asked.get("to"));
    if (to.plusSeconds(plan.lag).isAfter(clock.instant())) {
      throw new IllegalStateException("Asked at %s for %s".formatted(clock.instant(), asked));
    }
    String token = asked.get("pageToken");
    if (token != null && !quiet && refusals < 3 && dice.chance(plan.refusals)) {
      refusals++;
      return answered(request, 410, "");
    }
    String body = token == null ? first(Instant.parse(asked.get("from")), to) : page(token);
    if (!quiet && dice.chance(plan.faults)) {
      failed = true;
      return fault(request, body);
    }
    return answered(request, 200, body);
  }

  private String first(Instant from, Instant to) {
    List<Item> found = new ArrayList<>(items.stream().filter(i -> isIn(i, from, to)).toList());
    Comparator<Item> byTime = Comparator.comparing(Item::time);
    switch (plan.sort) {
      case OLDEST_FIRST -> found.sort(byTime);
      case NEWEST_FIRST -> found.sort(byTime.reversed());
      case SHUFFLED -> found.sort(Comparator.comparingInt(Item::tie));
    }
    answers.add(plan.cap > 0 && found.size() > plan.cap ? found.subList(0, plan.cap) : found);
    return page(answers.size() - 1 + ":0");
  }

  private boolean isIn(Item item, Instant from, Instant to) {
    int start = item.time().compareTo(from);
    int end = item.time().compareTo(to);
    return (plan.startExclusive ? start > 0 : start >= 0)
        && (plan.endInclusive ? end <= 0 : end < 0);
  }

  private String page(String token) {
    String[] place = token.split(":");
    List<Item> found = answers.get(Integer.parseInt(place[0]));
    int from = Integer.parseInt(place[1]);
    int to = plan.paged ? Math.min(found.size(), from + plan.pageSize) : found.size();
    String next = to < found.size() ? ",\"next\":\"" + place[0] + ":" + to + "\"" : "";
    List<String> texts = found.subList(from, to).stream().map(Item::json).toList();
    return "{\"data\":[" + String.join(",", texts) + "]" + next + "}";
  }

  private CompletableFuture<RestResponse> fault(RestRequest request, String body) {
    switch (dice.below(3)) {
      case 0 -> {
        return answered(request, dice.one(500, 503, 429), "");
      }
      case 1 -> {
        trace.add("  %s -> reset", request);
        return CompletableFuture.failedFuture(new IOException("Connection reset"));
      }
      default -> {
        return answered(request, 200, body.substring(0, dice.below(body.length())));
      }
    }
  }

  private CompletableFuture<RestResponse> answered(RestRequest request, int status, String body) {
    trace.add("  GET %s -> %d %s", request.uri(), status, body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return CompletableFuture.completedFuture(
        new RestResponse(status, Map.of(), Arrays.copyOf(bytes, bytes.length)));
  }

  @Override
  public void close() {}
}
