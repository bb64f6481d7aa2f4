package io.reststream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reststream.core.config.ConfigException;
import io.reststream.core.config.OnError;
import io.reststream.core.config.Options;
import io.reststream.core.http.RestRequest;
import io.reststream.core.http.RestResponse;
import io.reststream.core.http.Transport;
import io.reststream.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final String URL = "http://api.test/users/{id}";

  private final ManualClock clock = new ManualClock();
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<RestResponse>> answers = new ArrayList<>();
  private final TreeMap<Instant, CompletableFuture<Void>> alarms = new TreeMap<>();

  private final class Scripted implements Transport {
    @Override
    public CompletableFuture<RestResponse> send(RestRequest request) {
      asked.add(request.uri().getRawSchemeSpecificPart().substring("//api.test".length()));
      CompletableFuture<RestResponse> later = new CompletableFuture<>();
      answers.add(later);
      return later;
    }

    @Override
    public void close() {
      answers.forEach(one -> one.completeExceptionally(new java.io.IOException("closed")));
    }
  }

  private Calls calls(String... options) {
    RestConfig config =
        Calls.parse(Options.of(options), Calls.Form.ANSWER, List.of(), List.of("id", "name"));
    RestPoller poller = new RestPoller(config, new Scripted(), clock, () -> 0.5);
    return new Calls(
        config,
        Calls.Form.ANSWER,
        poller,
        time -> alarms.computeIfAbsent(time, t -> new CompletableFuture<>()),
        1);
  }

  private void answer(int request, int status, String body, String... headers) {
    Map<String, List<String>> all = new TreeMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    answers
        .get(request)
        .complete(new RestResponse(status, all, body.getBytes(StandardCharsets.UTF_8)));
  }

  private void passTime(Duration time) {
    clock.advance(time);
    while (!alarms.isEmpty() && !alarms.firstKey().isAfter(clock.instant())) {
      alarms.pollFirstEntry().getValue().complete(null);
    }
  }

  private static Input id(Object id) {
    return Input.of(Map.of("id", id));
  }

  @Test
  void anAnswerIsTheWholeBodyAsItCame() {
    Calls calls = calls("url", URL);
    List<CompletableFuture<Calls.Answer>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(calls.call(id(i)));
    }
    answer(0, 200, " {\"data\": [1, 2],  \"n\": 12345678901234567890.10}\n");
    answer(1, 200, "[{\"a\":1}, {\"a\":2}]");
    answer(2, 200, "\"text\"");
    answer(3, 204, "");
    answer(4, 200, "null");

    assertThat(asked).containsExactly("/users/0", "/users/1", "/users/2", "/users/3", "/users/4");
    assertThat(all.get(0).join().outputs().get(0))
        .isEqualTo("{\"data\": [1, 2],  \"n\": 12345678901234567890.10}");
    assertThat(all.get(1).join().outputs().get(0)).isEqualTo("[{\"a\":1}, {\"a\":2}]");
    assertThat(all.get(2).join().outputs().get(0)).isEqualTo("\"text\"");
    assertThat(all.get(3).join().outputs()).containsExactly((String) null);
    assertThat(all.get(3).join().failure()).isNull();
    assertThat(all.get(3).join().pages()).extracting(PageInfo::status).containsExactly(204);
    assertThat(all.get(4).join().outputs().get(0)).isEqualTo("null");
  }

  @Test
  void theColumnsThatNoPlaceholderNamesAreSentWhereTheQueryIsToHaveThem() {
    RestConfig config =
        Calls.parse(
            Map.of("url", "http://api.test/users", "queryType", "querystring"),
            Calls.Form.ANSWER,
            List.of(),
            List.of("id"));

    assertThat(config.sentColumns()).containsExactly("id");
  }

  @Test
  void thePagesOfACallAreOneArray() {
    Calls calls = calls("url", URL + "{?pageToken}", "pagination", "cursor", "nextField", "next");
    CompletableFuture<Calls.Answer> one = calls.call(id(7));
    CompletableFuture<Calls.Answer> none = calls.call(id(8));
    answer(1, 200, "{\"data\":[]}");
    answer(0, 200, "{\"data\":[{\"a\":1},{\"a\":2}],\"next\":\"x\"}");
    answer(2, 200, "{\"data\":[{\"a\":3}]}");

    assertThat(asked).containsExactly("/users/7", "/users/8", "/users/7?pageToken=x");
    assertThat(one.join().outputs().get(0)).isEqualTo("[{\"a\":1},{\"a\":2},{\"a\":3}]");
    assertThat(none.join().outputs().get(0)).isEqualTo("[]");
  }

  @Test
  void aCallIsMadeAgainWhenItsTimeHasComeAndOthersGoOn() {
    Calls calls = calls("url", URL, "retryBaseDelay", "2", "maxRetries", "1");
    CompletableFuture<Calls.Answer> failing = calls.call(id(1));
    answer(0, 503, "later");
    CompletableFuture<Calls.Answer> other = calls.call(id(2));
    answer(1, 200, "2");
    assertThat(other.join().outputs().get(0)).isEqualTo("2");
    assertThat(asked).hasSize(2);

    passTime(Duration.ofSeconds(1));
    answer(2, 503, "still");

    assertThat(asked).containsExactly("/users/1", "/users/2", "/users/1");
    assertThat(failing.join().failure())
        .hasMessage(
            "After 2 attempts in 1s: GET http://api.test/users/1 was answered with status 503: still");
  }

  @Test
  void aCallThatTakesTooLongHasFailedAndIsGivenUp() {
    Calls calls = calls("url", URL, "maxConcurrentRequests", "1");
    CompletableFuture<Calls.Answer> hangs = calls.call(id(1), Duration.ofSeconds(5));
    CompletableFuture<Calls.Answer> waits = calls.call(id(2), Duration.ofSeconds(6));
    CompletableFuture<Calls.Answer> patient = calls.call(id(3), Duration.ofSeconds(60));

    passTime(Duration.ofSeconds(5));
    assertThat(hangs.join().failure())
        .hasMessage(
            "The call for the input {\"id\":1} had no answer within PT5S, which count from when it was asked for: the waits for a free request ('maxConcurrentRequests'), for 'requestsPerSecond' and for 'maxRetries' further attempts of 'readTimeout' each are part of it.");
    assertThat(answers.get(0)).isCancelled();
    passTime(Duration.ofSeconds(1));
    assertThat(waits.join().failure()).hasMessageContaining("{\"id\":2}");
    answer(2, 200, "3");

    assertThat(patient.join().outputs()).containsExactly("3");
    assertThat(asked).containsExactly("/users/1", "/users/2", "/users/3");
  }

  @Test
  void aCallThatIsAnsweredInTimeLeavesNoAlarm() {
    Calls calls = calls("url", URL);
    CompletableFuture<Calls.Answer> one = calls.call(id(1), Duration.ofSeconds(5));
    CompletableFuture<Calls.Answer> cancelled = calls.call(id(2), Duration.ofSeconds(6));
    answer(0, 200, "1");
    cancelled.cancel(true);

    assertThat(one.join().outputs()).containsExactly("1");
    assertThat(answers.get(1)).isCancelled();
    assertThat(alarms.values()).allMatch(CompletableFuture::isCancelled);
  }

  @Test
  void pagesThatAreTooLargeTogetherFailTheirCallAlone() {
    Calls calls =
        calls(
            "url",
            URL + "{?pageToken}",
            "pagination",
            "cursor",
            "nextField",
            "next",
            "maxResponseBytes",
            "60");
    CompletableFuture<Calls.Answer> one = calls.call(id(7));
    answer(0, 200, "{\"data\":[\"%s\"],\"next\":\"x\"}".formatted("a".repeat(35)));
    answer(1, 200, "{\"data\":[\"%s\"]}".formatted("b".repeat(35)));

    assertThat(one.join().failure())
        .hasMessage(
            "The pages for the input {\"id\":7} hold more than option 'maxResponseBytes' allows in all, 60 bytes: a call holds its answer together. Set a larger one, up to '1g'; or read such a feed as a stream or a batch without a call for each row, where 'maxResponseBytes' is for each page alone.");
  }

  @Test
  void aCallThatHasEnoughAsksForNoFurtherPage() {
    Calls calls = calls("url", URL + "{?pageToken}", "pagination", "cursor", "nextField", "next");
    CompletableFuture<Calls.Answer> one = calls.call(id(7), 3);
    answer(0, 200, "{\"data\":[],\"next\":\"w\"}");
    answer(1, 200, "{\"data\":[1,2],\"next\":\"x\"}");
    assertThat(one).isNotDone();
    answer(2, 200, "{\"data\":[3,4],\"next\":\"y\"}");

    assertThat(one.join().outputs()).containsExactly("[1,2,3,4]");
    assertThat(asked).hasSize(3);
  }

  @Test
  void equalInputsAreCallsOfTheirOwn() {
    Calls calls = calls("url", URL, "retryBaseDelay", "2");
    CompletableFuture<Calls.Answer> one = calls.call(id(1));
    CompletableFuture<Calls.Answer> other = calls.call(id(1));
    answer(0, 500, "");
    answer(1, 200, "1");

    assertThat(other.join().outputs().get(0)).isEqualTo("1");
    assertThat(one).isNotDone();
    passTime(Duration.ofSeconds(1));
    answer(2, 200, "2");
    assertThat(one.join().outputs().get(0)).isEqualTo("2");
  }

  @Test
  void aPauseHoldsUpAllCallsAndANextCycleNone() {
    Calls calls = calls("url", URL, "maxRetries", "3");
    CompletableFuture<Calls.Answer> one = calls.call(id(1));
    answer(0, 429, "", "Retry-After", "5");
    CompletableFuture<Calls.Answer> other = calls.call(id(2));
    assertThat(asked).containsExactly("/users/1");

    passTime(Duration.ofSeconds(5));

    assertThat(asked).containsExactlyInAnyOrder("/users/1", "/users/1", "/users/2");
    answer(1, 200, "1", "X-Poll-Interval", "60");
    answer(2, 200, "2");
    assertThat(List.of(one.join().outputs().get(0), other.join().outputs().get(0)))
        .containsExactlyInAnyOrder("1", "2");
    CompletableFuture<Calls.Answer> again = calls.call(id(1));
    answer(3, 200, "3");
    assertThat(again.join().outputs().get(0)).isEqualTo("3");
  }

  @Test
  void callsComeAtTheRateAndSoManyAtATime() {
    Calls calls = calls("url", URL, "requestsPerSecond", "1", "maxConcurrentRequests", "2");
    for (int i = 0; i < 4; i++) {
      CompletableFuture<Calls.Answer> unused = calls.call(id(i));
    }
    assertThat(asked).containsExactly("/users/0");
    passTime(Duration.ofSeconds(1));
    assertThat(asked).containsExactly("/users/0", "/users/1");
    passTime(Duration.ofSeconds(1));
    assertThat(asked).hasSize(2);

    answer(0, 200, "0");

    assertThat(asked).containsExactly("/users/0", "/users/1", "/users/2");
  }

  @Test
  void aNullFailsItsCallWhereNothingCanBeLeftOut() {
    Calls calls = calls("url", URL + "{?name}", "header.X-Name", "x");
    Map<String, Object> noId = new HashMap<>();
    noId.put("id", null);
    noId.put("name", "n");
    CompletableFuture<Calls.Answer> failed = calls.call(Input.of(noId));
    CompletableFuture<Calls.Answer> unnamed = calls.call(id(3));
    answer(0, 200, "3");

    assertThat(failed.join().failure())
        .hasMessage(
            "The column 'id' is null in the input {\"id\":null,\"name\":\"n\"}, but nothing can be left"
                + " out where {id} stands. Leave such rows out, or write {?id} or {&id} in the"
                + " url.");
    assertThat(unnamed.join().outputs().get(0)).isEqualTo("3");
    assertThat(asked).containsExactly("/users/3");
  }

  @Test
  void answersAreTakenInTheOrderOfTheCallsAndNoMoreAreHeldThanMayBe() {
    Calls calls = calls("url", URL, "maxConcurrentRequests", "2");
    CallQueue<String, Calls.Answer> queue = new CallQueue<>(calls);
    for (int i = 0; i < 4; i++) {
      assertThat(queue.isFull()).isFalse();
      queue.begin("row " + i, calls.call(id(i)));
    }
    assertThat(queue.isFull()).isTrue();
    assertThat(asked).containsExactly("/users/0", "/users/1");
    answer(1, 200, "1");
    assertThat(asked).hasSize(3);
    assertThat(queue.first()).isNotDone();
    answer(0, 200, "0");

    for (int i = 0; i < 2; i++) {
      CallQueue.Begun<String, Calls.Answer> taken = queue.take();
      assertThat(taken.row()).isEqualTo("row " + i);
      assertThat(taken.answer().join().outputs()).containsExactly("" + i);
    }
    assertThat(queue.first()).isNotDone();
    assertThat(queue.begun()).extracting(CallQueue.Begun::row).containsExactly("row 2", "row 3");
  }

  @Test
  void aFailedCallFailsOrHasNoAnswerOrIsLeftOut() {
    Map<OnError, Object> outcomes = new TreeMap<>();
    CompletableFuture<Calls.Answer> call = calls("url", URL).call(id(4));
    answer(0, 404, "nobody");
    Calls.Answer failed = call.join();
    for (OnError onError : List.of(OnError.NULL, OnError.SKIP)) {
      outcomes.put(onError, failed.answered("row", onError));
    }

    String message = "GET http://api.test/users/4 was answered with status 404: nobody";
    assertThat(outcomes)
        .containsEntry(OnError.NULL, List.of(new Calls.Answered<>("row", null, message)))
        .containsEntry(OnError.SKIP, List.of());
    assertThatThrownBy(() -> failed.answered("row", OnError.FAIL))
        .isInstanceOf(RequestException.class)
        .hasMessage(message);
  }

  @Test
  void ofManyCallsNothingStays() {
    RestConfig config =
        Calls.parse(Options.of("url", URL), Calls.Form.ANSWER, List.of(), List.of("id"));
    RestPoller poller = new RestPoller(config, new Scripted(), clock, () -> 0.5);
    Calls calls =
        new Calls(config, Calls.Form.ANSWER, poller, time -> new CompletableFuture<Void>(), 1);
    CompletableFuture<Calls.Answer> call = calls.call(id(1));
    answer(0, 200, "{}");

    assertThat(call.join().outputs().get(0)).isEqualTo("{}");
    assertThat(poller.counters().inputsHeld()).isZero();
  }

  @Test
  void ofCallsThatKeepAnOffsetNothingStaysEither() {
    Map<String, String> tracked =
        Options.of("url", URL, "offsetType", "max_field", "offsetField", "at", "dataField", "data");
    RestConfig config = Calls.parse(tracked, Calls.Form.RECORDS, List.of(), List.of("id"));
    RestPoller poller = new RestPoller(config, new Scripted(), clock, () -> 0.5);
    Calls calls =
        new Calls(config, Calls.Form.RECORDS, poller, time -> new CompletableFuture<Void>(), 1);
    CompletableFuture<Calls.Answer> call = calls.call(id(1));
    answer(0, 200, "{\"data\":[{\"at\":5}]}");

    assertThat(call.join().outputs()).containsExactly("{\"at\":5}");
    assertThat(poller.counters().inputsHeld()).isZero();
  }

  @Test
  void whoeverClosesEndsCallsThatAreUnderWayAndThatWait() {
    Calls calls = calls("url", URL, "maxConcurrentRequests", "2");
    CompletableFuture<Calls.Answer> waiting = calls.call(id(1));
    answer(0, 429, "", "Retry-After", "3600");
    CompletableFuture<Calls.Answer> asked = calls.call(id(2));
    CompletableFuture<Calls.Answer> queued = calls.call(id(3));
    assertThat(List.of(waiting, asked, queued)).noneMatch(CompletableFuture::isDone);

    calls.close();

    assertThat(List.of(waiting, asked, queued)).allMatch(CompletableFuture::isDone);
    assertThat(alarms.values()).allMatch(CompletableFuture::isDone);
  }

  @Test
  void whatNothingFillsAndWhatCallsCannotDoIsRefused() {
    assertThatThrownBy(
            () ->
                Calls.parse(
                    Options.of("url", "http://api.test/{ident}"),
                    Calls.Form.ANSWER,
                    List.of(),
                    List.of("id")))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Nothing fills the placeholder '{ident}'; there is ");
    assertThatThrownBy(
            () ->
                Calls.parse(
                    Options.of("url", URL, "inputData", "[{\"id\":1}]"),
                    Calls.Form.ANSWER,
                    List.of(),
                    List.of("id")))
        .hasMessage("Option 'inputData' has no meaning where the inputs are the rows of a table.");
    assertThatThrownBy(
            () ->
                Calls.parse(
                    Options.of(
                        "url",
                        URL + "{?windowStart,windowEnd}",
                        "windowSize",
                        "1h",
                        "initialOffset",
                        "2026-01-01T00:00:00Z"),
                    Calls.Form.ANSWER,
                    List.of(),
                    List.of("id")))
        .hasMessage(
            "A call cannot be cut into windows: '{windowStart}' and '{windowEnd}' are for reads.");
  }
}
