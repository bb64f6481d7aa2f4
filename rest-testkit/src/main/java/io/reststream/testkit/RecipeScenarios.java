package io.reststream.testkit;

import static io.reststream.testkit.Scenario.named;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The recipes that come with the library, each read from its API as the documentation has it. */
final class RecipeScenarios {

  private RecipeScenarios() {}

  static List<ScenarioBuilder> rows() {
    return List.of(
        clever(),
        couchdbChanges(),
        githubEvents(),
        githubIssues(),
        mastodon(),
        oktaLog(),
        opensky(),
        slackHistory(),
        stripeEvents(),
        zendeskIncremental());
  }

  private static ScenarioBuilder clever() {
    return recipe(
            "clever",
            2,
            1,
            row ->
                row.limit(429, "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", "<epoch+1500>"))
        .options("recipe.token", "hidden")
        .setUp(asks("Authorization", "Bearer hidden"))
        .serve(Endpoint.at("/events").data("data").linkArray("links", Tail.ABSENT).pageSize(2));
  }

  private static ScenarioBuilder githubEvents() {
    return recipe(
            "github-events",
            2,
            2,
            row ->
                row.limit(403, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "<epoch+1500>"))
        .options("recipe.path", "repos/octo-org/octo-repo/events", "recipe.token", "hidden")
        .setUp(asks("Authorization", "Bearer hidden"))
        .serve(
            Endpoint.at("/repos/octo-org/octo-repo/events")
                .descending("created_at")
                .linkHeader(true, Tail.ABSENT)
                .pageSize(2));
  }

  private static ScenarioBuilder oktaLog() {
    return recipe(
            "okta-log",
            2,
            1,
            row ->
                row.limit(429, "X-Rate-Limit-Remaining", "0", "X-Rate-Limit-Reset", "<epoch+1500>"))
        .options("recipe.token", "hidden", "recipe.since", "2024-05-01T00:00:00Z")
        .options("pageSize", "2")
        .setUp(asks("Authorization", "SSWS hidden"))
        .serve(Endpoint.at("/api/v1/logs").linkHeader(true, Tail.MOVED).pageSize(2));
  }

  private static ScenarioBuilder stripeEvents() {
    return recipe("stripe-events", 2, 1, row -> row.limit(429))
        .options("recipe.key", "rk_hidden")
        .setUp(asks("Authorization", "Bearer rk_hidden"))
        .serve(
            Endpoint.at("/v1/events")
                .since("created[gte]", "created")
                .descending("created")
                .data("data")
                .after("starting_after", "id")
                .with("has_more", new ResponseField.HasMore())
                .sayingTheEnd()
                .pageSize(2));
  }

  private static ScenarioBuilder zendeskIncremental() {
    return recipe("zendesk-incremental", 2, 1, row -> row.limit(429, "Retry-After", "1"))
        .options("recipe.email", "jane@acme.example", "recipe.token", "hidden")
        .setUp(asks("Authorization", "Basic amFuZUBhY21lLmV4YW1wbGUvdG9rZW46aGlkZGVu"))
        .serve(
            Endpoint.at("/api/v2/incremental/tickets/cursor.json")
                .data("tickets")
                .nextUrl("after_url", Tail.MOVED)
                .with("end_of_stream", new ResponseField.IsLast())
                .pageSize(2));
  }

  private static ScenarioBuilder couchdbChanges() {
    return recipe("couchdb-changes", 2, 1, row -> row.limit(503))
        .options("recipe.database", "fruit & co")
        .serve(
            Endpoint.at("/fruit%20%26%20co/_changes")
                .data("results")
                .cursor("since", "last_seq", Tail.MOVED)
                .with("pending", new ResponseField.Pending())
                .pageSize(2));
  }

  private static ScenarioBuilder githubIssues() {
    return recipe("github-issues", 1, 1, row -> row.limit(403, "Retry-After", "1"))
        .options("recipe.owner", "octo-org", "recipe.repo", "octo-repo")
        .options("recipe.token", "hidden", "pageSize", "4")
        .setUp(asks("Authorization", "Bearer hidden"))
        .setUp(asks("Accept", "application/vnd.github+json"))
        .serve(
            Endpoint.at("/repos/octo-org/octo-repo/issues")
                .since("since", "updated_at")
                .ascending("updated_at")
                .pageSize(4));
  }

  private static ScenarioBuilder mastodon() {
    return recipe(
            "mastodon",
            2,
            1,
            row -> row.limit(429, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "<now+500>"))
        .options("recipe.timeline", "tag/flink", "recipe.minId", "1", "pageSize", "2")
        .setUp(
            api ->
                api.serve("/api/v1/timelines/tag/flink", request -> timeline(api.feed(), request)));
  }

  /** The two posts that follow min_id, or the newest two without one; newest first. */
  private static Answer timeline(Feed feed, Request request) {
    List<FeedRecord> posts = new ArrayList<>(feed.ask());
    Comparator<FeedRecord> byId =
        Comparator.comparing(post -> Objects.requireNonNull(post.value("id").orElse(null)));
    posts.sort(byId);
    String minId = request.param("min_id");
    List<FeedRecord> after = minId == null ? posts : after(posts, FieldValue.of(minId));
    int size = Math.min(2, after.size());
    int from = minId == null ? after.size() - size : 0;
    List<FeedRecord> page = new ArrayList<>(after.subList(from, from + size));
    Collections.reverse(page);
    Answer answer = Answer.json("[" + String.join(",", FeedRecord.texts(page)) + "]");
    return size == after.size() ? answer.readingToTheEnd(feed) : answer;
  }

  private static List<FeedRecord> after(List<FeedRecord> posts, FieldValue minId) {
    return posts.stream()
        .filter(post -> post.value("id").map(id -> id.compareTo(minId) > 0).orElse(false))
        .toList();
  }

  private static ScenarioBuilder opensky() {
    Endpoint states =
        Endpoint.at("/states/all")
            .with("time", new ResponseField.LargestOfFeed("4"))
            .data("states");
    return recipe("opensky", 1, 1, row -> row.limit(429, "X-Rate-Limit-Retry-After-Seconds", "1"))
        .options("recipe.region", "north-america")
        .setUp(
            api ->
                api.beforeAnswer(
                    request ->
                        RequestScenarios.require(
                            request,
                            "region",
                            "lamin=7.0&lomin=-168.0&lamax=72.0&lomax=-60.0"
                                .equals(request.query()))))
        .serve(states);
  }

  private static ScenarioBuilder slackHistory() {
    return recipe(
            "slack-history",
            2,
            1,
            row ->
                row.limit(429, "Retry-After", "1")
                    .fault(Fault.status(200).body("{\"ok\":false,\"error\":\"ratelimited\"}")))
        .options("recipe.channel", "C012AB3CD", "recipe.token", "xoxb-hidden")
        .setUp(asks("Authorization", "Bearer xoxb-hidden"))
        .serve(
            Endpoint.at("/conversations.history")
                .feedNamedBy("channel")
                .with("ok", new ResponseField.Constant("true"))
                .since("oldest", "ts")
                .descending("ts")
                .data("messages")
                .cursor("cursor", "response_metadata.next_cursor", Tail.EMPTY)
                .pageSize(2));
  }

  /**
   * The usual life of a recipe's API, at the address that the recipe is told.
   *
   * @param needed how many requests the first three records take
   * @param idle how many each cycle takes after that
   * @param limit how the API says that it was asked too often
   */
  private static ScenarioBuilder recipe(
      String name, int needed, int idle, Consumer<ScenarioBuilder> limit) {
    List<String> records = AnswersByHand.of(name);
    ScenarioBuilder row =
        named("recipe: " + name)
            .options("recipe", name, "recipe.baseUrl", "{base}", "retryBaseDelay", "10ms")
            .feed(name.equals("slack-history") ? "C012AB3CD" : "")
            .json(records.get(0), records.get(1), records.get(2))
            .drain(needed, idle);
    limit.accept(row);
    return row.json(records.get(3), records.get(4)).drain().restart().json(records.get(5)).drain();
  }

  private static Consumer<FakeApi> asks(String header, @Nullable String value) {
    return api ->
        api.beforeAnswer(
            request ->
                RequestScenarios.require(
                    request, header, Objects.equals(value, request.header(header))));
  }
}
