package io.reststream.core;

import io.reststream.core.config.BuiltIns;
import io.reststream.core.config.ParsedOptions;
import io.reststream.core.config.RequestTemplate;
import io.reststream.core.config.RestOptions;
import io.reststream.core.config.WindowOptions;
import io.reststream.core.http.OriginRule;
import io.reststream.core.http.RestRequest;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.page.Pagination;
import io.reststream.core.template.BodyTemplate;
import io.reststream.core.template.Placeholders;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the request that a position asks for. */
final class Requests {
  private final RestConfig config;
  private final Pagination pagination;
  private final URI home;
  private final String offsetName;
  private final @Nullable Windows windows;

  Requests(RestConfig config, Pagination pagination, @Nullable Windows windows) {
    this.config = config;
    this.pagination = pagination;
    this.windows = windows;
    this.offsetName = config.offset().field().name();
    this.home = URI.create(config.request().url().example());
  }

  /** The offset, or start of a window, that a position is asked with; null sends none. */
  @Nullable String offset(Position position) {
    if (windows != null) {
      return windows.sentStart(position).toString();
    }
    OffsetValue asked = asked(position);
    if (asked == null) {
      return config.offset().initial();
    }
    return Floors.sent(config.offset(), asked) instanceof String text ? text : asked.text();
  }

  private @Nullable OffsetValue asked(Position position) {
    boolean paged = config.page().isPaged();
    return Floors.asked(config.offset(), paged, position);
  }

  /**
   * The next request of an input.
   *
   * @param now the time that it says, to the millisecond
   * @param id the random text that it says
   * @throws RequestException if a value cannot stand where its placeholder does
   */
  RestRequest next(Input input, Position position, Instant now, UUID id) {
    RequestTemplate template = config.request();
    String token = position.cycle() == null ? null : position.cycle().token();
    try {
      Placeholders values = values(input, position, token, now, id);
      String given = address(position, token);
      String address = given == null ? template.url().expand(values) : given;
      Map<String, String> headers = new TreeMap<>();
      template.headers().forEach((name, value) -> headers.put(name, value.expand(values)));
      BodyTemplate body = template.body();
      RestRequest request =
          new RestRequest(
              template.method().name(),
              new URI(address),
              headers,
              body == null
                  ? null
                  : body.expand(values, optional(input)).getBytes(StandardCharsets.UTF_8),
              config.value(RestOptions.READ_TIMEOUT));
      return OriginRule.isSame(home, request.uri()) ? request : elsewhere(request);
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new RequestException(
          "The request for the input %s cannot be made: %s".formatted(input, e.getMessage()), e);
    }
  }

  /** The address that the API gave for the next request; null if the template makes it. */
  private @Nullable String address(Position position, @Nullable String token) {
    if (token != null && pagination.isAddress()) {
      return token;
    }
    boolean offset = config.offset().link() && position.offset() != null && token == null;
    return offset ? offset(position) : null;
  }

  /** The request of a page on another origin, where neither credentials nor a body go. */
  private RestRequest elsewhere(RestRequest request) {
    String origin = OriginRule.origin(request.uri());
    if (!config.transport().origins().allows(request.uri())) {
      throw new RequestException(
          "The next page is on another origin, %s, which option 'allowedHosts' does not name."
              .formatted(origin));
    }
    if (request.body() != null) {
      throw new RequestException(
          "The next page is on another origin, %s, to which no body is sent.".formatted(origin));
    }
    return new RestRequest(
        request.method(),
        request.uri(),
        OriginRule.harmless(request.headers()),
        null,
        request.timeout());
  }

  /**
   * What a JSON body leaves out while there is none, such as the token of a first page: many APIs
   * refuse null there. An input's null is a value, and sent as one.
   */
  private Predicate<String> optional(Input input) {
    Set<String> tokens = config.page().tokenNames();
    return name ->
        !input.values().containsKey(name)
            && (tokens.contains(name)
                || name.equals(ParsedOptions.OFFSET)
                || name.equals(offsetName)
                || name.equals(ParsedOptions.PAGE_SIZE));
  }

  private Placeholders values(
      Input input, Position position, @Nullable String token, Instant now, UUID id) {
    Object offset =
        windows == null ? Floors.sent(config.offset(), asked(position)) : offset(position);
    Map<String, Supplier<String>> secrets = config.request().secrets();
    Set<String> tokenNames = config.page().tokenNames();
    String page = token == null ? pagination.first() : token;
    Object sent = page == null ? null : pagination.sent(page);
    return name -> {
      Supplier<String> secret = secrets.get(name);
      if (secret != null) {
        return secret.get();
      }
      if (input.values().containsKey(name)) {
        return input.values().get(name);
      }
      if (windows != null && name.equals(WindowOptions.END)) {
        return windows.sentEnd(position);
      }
      if (windows != null && name.equals(WindowOptions.START)) {
        return windows.sentStart(position);
      }
      if (name.equals(ParsedOptions.OFFSET) || name.equals(offsetName)) {
        return offset;
      }
      if (name.equals(ParsedOptions.PAGE_SIZE)) {
        return config.offset().pageSize();
      }
      if (tokenNames.contains(name)) {
        return sent;
      }
      return switch (name) {
        case BuiltIns.NOW -> now.truncatedTo(ChronoUnit.MILLIS);
        case BuiltIns.UUID -> id.toString();
        default -> null;
      };
    };
  }
}
