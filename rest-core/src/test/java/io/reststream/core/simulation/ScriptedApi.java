package io.reststream.core.simulation;

import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One feed that behaves as its script says; what happens is tied to how often it was asked. */
final class ScriptedApi implements Transport {

  /**
   * A published record.
   *
   * @param optional whether it may never have been there to be read
   */
  record Entry(long place, String json, boolean optional) {}

  private record Event(int request, Consumer<ScriptedApi> what) {}

  private final List<Entry> listed = new ArrayList<>();
  private final List<Entry> published = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private @Nullable Comparator<Entry> order;
  private BiFunction<Question, ScriptedApi, String> script = (asked, now) -> now.page(asked);
  private boolean exclusive;
  private boolean forgets;
  private int limit = Integer.MAX_VALUE;
  private int epoch;
  private int requests;

  ScriptedApi oldestFirst() {
    order = Comparator.comparingLong(Entry::place);
    return this;
  }

  ScriptedApi newestFirst() {
    order = Comparator.comparingLong(Entry::place).reversed();
    return this;
  }

  ScriptedApi exclusive() {
    exclusive = true;
    return this;
  }

  ScriptedApi limit(int records) {
    limit = records;
    return this;
  }

  /** Page tokens do not outlive a crash. */
  ScriptedApi forgetful() {
    forgets = true;
    return this;
  }

  ScriptedApi answering(BiFunction<Question, ScriptedApi, String> body) {
    script = body;
    return this;
  }

  /** Makes something happen once a request was answered, counted from 1. */
  ScriptedApi after(int request, Consumer<ScriptedApi> what) {
    events.add(new Event(request, what));
    return this;
  }

  ScriptedApi publish(long... places) {
    for (long place : places) {
      insert(listed.size(), place);
    }
    return this;
  }

  /** Publishes a record before the one that is listed at an index. */
  ScriptedApi insert(int index, long place) {
    return add(index, new Entry(place, json(published.size() + 1, Long.toString(place)), false));
  }

  /** Publishes a record whose value is written in its own way. */
  ScriptedApi publishAs(long place, String value) {
    return add(listed.size(), new Entry(place, json(published.size() + 1, value), false));
  }

  /** Publishes a record that a reader may have passed already. */
  ScriptedApi publishLate(long place) {
    return add(
        listed.size(), new Entry(place, json(published.size() + 1, Long.toString(place)), true));
  }

  /** Publishes the last record once more, byte for byte. */
  ScriptedApi repeatLast() {
    return add(listed.size(), published.get(published.size() - 1));
  }

  /** Puts another record with the same value in the place of one. */
  ScriptedApi replace(int index) {
    Entry old = listed.remove(index);
    published.set(published.indexOf(old), new Entry(old.place(), old.json(), true));
    return insert(index, old.place());
  }

  /** Gives a record another value: it is published again, under the same id. */
  ScriptedApi update(int index, long place) {
    Entry old = listed.remove(index);
    published.set(published.indexOf(old), new Entry(old.place(), old.json(), true));
    String json = old.json().replace("\"at\":" + old.place(), "\"at\":" + place);
    return add(listed.size(), new Entry(place, json, false));
  }

  private ScriptedApi add(int index, Entry entry) {
    listed.add(index, entry);
    published.add(entry);
    if (order != null) {
      listed.sort(order);
    }
    return this;
  }

  private static String json(int id, String value) {
    return "{\"id\":%d,\"at\":%s}".formatted(id, value);
  }

  List<Entry> listed() {
    return listed;
  }

  List<Entry> published() {
    return published;
  }

  int requests() {
    return requests;
  }

  /** Whether all that the script says has happened. */
  boolean isToldToTheEnd() {
    return events.stream().allMatch(event -> event.request() <= requests);
  }

  long largest() {
    return published.stream().mapToLong(Entry::place).max().orElse(0);
  }

  /** The reader crashed. */
  void crashed() {
    epoch++;
  }

  /** Every record from an index on, or the part of them that fits on a page. */
  String array(int from, int to) {
    return array(listed.subList(Math.min(from, listed.size()), Math.min(to, listed.size())));
  }

  private static String array(List<Entry> entries) {
    return entries.stream().map(Entry::json).collect(Collectors.joining(",", "[", "]"));
  }

  /** A page of what follows the offset, its token the last record's number. */
  String page(Question question) {
    return page(question, "");
  }

  /** The same, with fields before the records. */
  String page(Question question, String fields) {
    String token = question.token();
    String[] parts = token == null ? new String[0] : token.split("_");
    long since = token == null ? since(question.offset()) : Long.parseLong(parts[0]);
    List<Entry> all = new ArrayList<>(listed);
    if (token != null) {
      Entry last = published.get(Integer.parseInt(parts[1]));
      all = listed.subList(listed.indexOf(last) + 1, listed.size());
    }
    List<Entry> matching =
        all.stream()
            .filter(entry -> exclusive ? entry.place() > since : entry.place() >= since)
            .toList();
    List<Entry> items = matching.subList(0, Math.min(limit, matching.size()));
    String next =
        items.size() == matching.size()
            ? "null"
            : "\"%d_%d_%d\""
                .formatted(since, published.indexOf(items.get(items.size() - 1)), epoch);
    return "{%s\"paging\":{\"next\":%s},\"data\":%s}".formatted(fields, next, array(items));
  }

  private static long since(@Nullable String offset) {
    return offset == null || offset.equals("0") ? Long.MIN_VALUE : Long.parseLong(offset);
  }

  @Override
  public CompletableFuture<RestResponse> send(RestRequest request) {
    requests++;
    Question question = Question.of(request);
    String token = question.token();
    boolean refused = forgets && token != null && !token.endsWith("_" + epoch);
    String body = refused ? "" : script.apply(question, this);
    events.stream().filter(e -> e.request() == requests).forEach(e -> e.what().accept(this));
    return CompletableFuture.completedFuture(
        new RestResponse(refused ? 410 : 200, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {}
}
