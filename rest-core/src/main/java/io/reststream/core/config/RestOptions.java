package io.reststream.core.config;

import io.reststream.core.config.StatusTypes.NamedAction;
import io.reststream.core.http.HttpVersion;
import io.reststream.core.json.Condition;
import io.reststream.core.json.FieldPath;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Every option of the core, each declared once. They mean the same in every engine. */
public final class RestOptions {
  /** The prefix of the options that set one header each: {@code header.Accept}. */
  public static final String HEADER_PREFIX = "header.";

  public static final Option<String> RECIPE =
      Option.of(
          "recipe",
          OptionTypes.text(),
          "Options that somebody has written down for an API: the name of a recipe, a file, or a"
              + " resource of the class path. Its parameters are set by recipe.<name>; options given"
              + " beside it win.");
  public static final Option<String> URL =
      Option.of(
          "url",
          OptionTypes.text(),
          "The address to ask, http or https: an RFC 6570 template whose placeholders are the offset"
              + " ({offset}, or the name of offsetField), the page token ({pageToken}, or the name of"
              + " nextField; {page}, {pageOffset} where they are counted), {pageSize}, the columns of"
              + " inputData, {now} and {uuid}. Its host and port are fixed.");
  public static final Option<HttpMethod> METHOD =
      Option.of("method", OptionTypes.oneOf(HttpMethod.class), "GET", "The HTTP method.");
  public static final Option<String> HEADERS =
      Option.of(
              "headers",
              OptionTypes.text(),
              "Headers as a JSON object, for example {\"Accept\": \"application/json\"}; values may"
                  + " hold placeholders.")
          .asSecret();
  public static final Option<String> BODY =
      Option.of(
              "body",
              OptionTypes.text(),
              "The request's body; placeholders are escaped for JSON, or for a form where the"
                  + " Content-Type says so. A JSON member is left out while there is no offset,"
                  + " page token or page size for it.")
          .asSecret();
  public static final Option<Boolean> STREAMING =
      Option.of(
          "streaming",
          OptionTypes.bool(),
          "Not needed: the way of reading decides. A value that contradicts it is an error.");
  public static final Option<Duration> STREAMING_INTERVAL =
      Option.of(
          "streamingInterval",
          OptionTypes.duration(),
          "10",
          "The time between the starts of two cycles: seconds, or with a unit (500ms, 1m, 2h).");
  public static final Option<String> INPUT_DATA =
      Option.of(
          "inputData",
          OptionTypes.text(),
          "A JSON array of objects. Each is read on its own, with its own position, and fills the"
              + " placeholders that have its columns' names.");
  public static final Option<QueryType> QUERY_TYPE =
      Option.of(
          "queryType",
          OptionTypes.oneOf(QueryType.class),
          "inline",
          "Whether the columns of inputData that no placeholder names are left out (inline) or are"
              + " appended to the url as query parameters (querystring), those that are null left"
              + " out.");
  public static final Option<OffsetType> OFFSET_TYPE =
      Option.of(
          "offsetType",
          OptionTypes.oneOf(OffsetType.class),
          "timestamp",
          "Where the next offset comes from: the response (timestamp, cursor) or the records"
              + " (incremental, max_field).");
  public static final Option<ResponseField> OFFSET_FIELD =
      Option.of(
          "offsetField",
          BoundaryOptions.offsetField(),
          "timestamp",
          "The field that holds the offset: dotted, a JSON Pointer or $.-path; for timestamp and"
              + " cursor also header:Name; for max_field also several, separated by commas, or an"
              + " array, which compare value by value and are sent as a JSON array in a JSON"
              + " body. With cursor also link:next, or, where no placeholder sends it, a field beside"
              + " pagination=nextUrl: the offset then is the address that is asked.");
  public static final Option<String> INITIAL_OFFSET =
      Option.of(
          "initialOffset",
          OptionTypes.text(),
          "0",
          "The first offset to ask with. 0 sorts before every value; empty sends none.");
  public static final Option<OffsetBoundary> OFFSET_BOUNDARY =
      Option.of(
          "offsetBoundary",
          OptionTypes.oneOf(OffsetBoundary.class),
          "inclusive",
          "Whether the API answers records at the offset itself (inclusive) or only after it"
              + " (exclusive).");
  public static final Option<Order> ORDER =
      Option.of(
          "order",
          OptionTypes.oneOf(Order.class),
          "The order of the records by offset within a cycle. Not set: ascending once 16 records"
              + " of a cycle were seen in that order, else none. Set it to none where the API sorts"
              + " by another field than the offset: a feed sorted by id and filtered by updated_at"
              + " looks ascending until an old record changes.");
  public static final Option<ResponseFormat> RESPONSE_FORMAT =
      Option.of(
          "responseFormat",
          OptionTypes.oneOf(ResponseFormat.class),
          "json",
          "What a body is: one JSON document, or a record on each line (ndjson).");
  public static final Option<FieldPath> DATA_FIELD =
      Option.of(
          "dataField",
          OptionTypes.path(),
          "The field that holds the array of records; a name may be a column of the inputs, as in"
              + " result.{pair}. Not set: data, a bare array, or the object as one record; set to"
              + " nothing: the whole response as one record. Where it is absent, an"
              + " answer that holds no array and says by endWhen, hasMoreField or totalField that"
              + " nothing follows is an empty page.");
  public static final Option<List<FieldPath>> KEY_FIELD =
      Option.of(
          "keyField",
          OptionTypes.paths(),
          "The fields, separated by commas, by which a record is recognised together with its"
              + " offset when the API sends it again. Not set: all of its bytes.");
  public static final Option<Integer> PAGE_SIZE =
      Option.of(
          "pageSize",
          OptionTypes.integer(1),
          "How many records a full page holds: for {pageSize}, for shortPageEnds, where there is no"
              + " pagination (not set: as many as the longest page seen), and for pageNumber, whose"
              + " cycles, if it is not set, move the offset by their first page alone.");
  public static final Option<Integer> MAX_KEYS =
      Option.of(
          "maxKeys",
          OptionTypes.integer(1),
          "100000",
          "How many delivered records may be remembered per input so that they are recognised when"
              + " they come again; more is an error.");
  public static final Option<PaginationStyle> PAGINATION =
      Option.of(
          "pagination",
          OptionTypes.oneOf(PaginationStyle.class),
          "none",
          "How the pages of a cycle follow one another.");
  public static final Option<NextFields> NEXT_FIELD =
      Option.of(
          "nextField",
          OptionTypes.nextFields(),
          "The response's field that holds the next page's address (nextUrl; not set: next) or"
              + " token (cursor; not set: next_cursor): a field, that of an element"
              + " (links[rel=next].uri), header:Name or link:next (linkHeader). For lastRecord the"
              + " fields of the last record that are the token (not set: id).");
  public static final Option<Integer> BATCH_SIZE =
      Option.of(
          "batchSize",
          OptionTypes.integer(1),
          "1000",
          "How many records go into one batch. No record is cut off: the rest is in the next"
              + " batch.");
  public static final Option<Duration> CONNECTION_TIMEOUT =
      Option.of(
          "connectionTimeout",
          OptionTypes.duration(),
          "10",
          "How long connecting may take: seconds, or with a unit; 0 for any time.");
  public static final Option<Duration> READ_TIMEOUT =
      Option.of(
          "readTimeout",
          OptionTypes.duration(),
          "60",
          "How long a request may take up to the last byte of its answer: seconds, or with a unit;"
              + " 0 for any time.");
  public static final Option<HttpVersion> HTTP_VERSION =
      Option.of(
          "httpVersion",
          OptionTypes.oneOf(HttpVersion.class),
          "auto",
          "The version of HTTP: auto is HTTP/2 over TLS where the server can, else HTTP/1.1; 2"
              + " takes nothing less.");
  public static final Option<Integer> MAX_RESPONSE_BYTES =
      Option.of(
          "maxResponseBytes",
          OptionTypes.size(),
          "64m",
          "How large a body may be, as it comes and decompressed: bytes, or with a unit (512k, 64m,"
              + " 1g). It is never held beyond that; more is an error.");
  public static final Option<String> ALLOWED_HOSTS =
      Option.of(
          "allowedHosts",
          OptionTypes.text(),
          "",
          "Other hosts, separated by commas, that a redirect or a next link may lead to: host,"
              + " host:port, or an origin such as http://host. No credentials and no body go"
              + " there.");
  public static final Option<String> PROXY =
      Option.of(
          "proxy",
          OptionTypes.text(),
          "The HTTP proxy of all requests: host:port, or http://host:port. Not set: the JVM's own"
              + " choice.");
  public static final Option<String> PROXY_USER =
      Option.of("proxyUser", OptionTypes.text(), "The user for the proxy (Basic).");
  public static final Option<String> PROXY_PASSWORD =
      Option.of("proxyPassword", OptionTypes.text(), "The user's password.").asSecret();
  public static final Option<String> TRUST_STORE =
      Option.of(
          "trustStore",
          OptionTypes.text(),
          "A file of certificates to trust in place of the JVM's: PEM or PKCS12, read when the"
              + " stream starts.");
  public static final Option<String> TRUST_STORE_PASSWORD =
      Option.of("trustStorePassword", OptionTypes.text(), "What opens a trustStore of PKCS12.")
          .asSecret();
  public static final Option<String> KEY_STORE =
      Option.of(
          "keyStore",
          OptionTypes.text(),
          "A file with the client's certificate and key, for servers that ask for one (mTLS): PEM"
              + " or PKCS12, read when the stream starts.");
  public static final Option<String> KEY_STORE_KEY =
      Option.of(
          "keyStoreKey",
          OptionTypes.text(),
          "A PEM file with the private key (PKCS#8), where it is not in keyStore.");
  public static final Option<String> KEY_STORE_PASSWORD =
      Option.of(
              "keyStorePassword",
              OptionTypes.text(),
              "What opens a keyStore of PKCS12, or an encrypted key.")
          .asSecret();
  public static final Option<Integer> MAX_RETRIES =
      Option.of(
          "maxRetries",
          OptionTypes.integer(0),
          "5",
          "How often a request that failed for a passing reason is made again before the read"
              + " fails: a status of retryStatuses, no whole answer, or one that cannot be read."
              + " An attempt does not count if the server itself named a time to come again, a"
              + " second away or more; 0 retries nothing, whatever the server says.");
  public static final Option<Duration> RETRY_BASE_DELAY =
      Option.of(
          "retryBaseDelay",
          OptionTypes.duration(),
          "1",
          "The longest wait before the first retry; each further one may be twice as long, and the"
              + " wait is drawn between zero and that. Retry-After wins.");
  public static final Option<Duration> RETRY_MAX_DELAY =
      Option.of(
          "retryMaxDelay",
          OptionTypes.duration(),
          "60",
          "The longest wait before a retry, unless the server names a longer one.");
  public static final Option<List<StatusRange>> RETRY_STATUSES =
      Option.of(
          "retryStatuses",
          StatusTypes.statuses(),
          "408,425,429,5xx",
          "The statuses after which a request is made again: these alone, so repeat those of the"
              + " default that are meant too. A 403 whose headers say that a limit is used up, or"
              + " when to come again, is retried as well.");
  public static final Option<List<StatusRange>> IGNORE_STATUSES =
      Option.of(
          "ignoreStatuses",
          StatusTypes.statuses(),
          "",
          "Statuses that stand for no records, such as 404: a page without any, which ends the"
              + " cycle. After a page token they begin the cycle again, since ending it would lose"
              + " its other pages.");
  public static final Option<List<NamedAction>> STATUS_ACTIONS =
      Option.of(
          "statusActions",
          StatusTypes.actions(),
          "",
          "What follows single statuses, such as 410:reset,498:refresh: retry, fail, ignore,"
              + " refresh (renew the credentials once, as after 401) or reset (an expired offset:"
              + " start again from initialOffset; records that are no longer recognised come"
              + " again).");
  public static final Option<String> RETRY_AFTER_HEADER =
      Option.of(
          "retryAfterHeader",
          OptionTypes.headerName(),
          "One more header that says when to come again, before Retry-After and the usual headers"
              + " of rate limits: seconds, seconds or milliseconds since 1970, or a date.");
  public static final Option<List<Condition>> ERROR_WHEN =
      Option.of(
          "errorWhen",
          OptionTypes.conditions(),
          "Conditions, separated by commas, that make a success an error, which is retried: a field"
              + " that holds something (error), a value (ok=false) or any other (status!=ok); a"
              + " field that is absent counts as null.");
  public static final Option<Double> REQUESTS_PER_SECOND =
      Option.of(
          "requestsPerSecond",
          OptionTypes.decimal("0.00001"),
          "How many requests a job makes in a second at most, evenly spaced; 0.5 is one in two"
              + " seconds. Not set: as many as it can.");
  public static final Option<Integer> MAX_CONCURRENT_REQUESTS =
      Option.of(
          "maxConcurrentRequests",
          OptionTypes.integer(1),
          "How many requests of a job are under way at a time at most; further ones wait for their"
              + " turn in a queue. Not set: one for each input, as far as the engine asks.");
  public static final Option<Boolean> CONDITIONAL_REQUESTS =
      Option.of(
          "conditionalRequests",
          OptionTypes.bool(),
          "true",
          "Whether a request that is made again carries the ETag, or else the Last-Modified, of its"
              + " last answer, so that the server can answer 304 when nothing is new. It does only"
              + " after an answer that held nothing more; a header If-None-Match of your own wins.");
  public static final Option<Boolean> ALLOW_OFFSET_DECREASE =
      Option.of(
          "allowOffsetDecrease",
          OptionTypes.bool(),
          "false",
          "Whether the offset follows a timestamp of the response that goes back. Otherwise the"
              + " offset stays.");
  public static final Option<String> ACCEPT_CHANGES =
      Option.of(
          "acceptChanges",
          OptionTypes.text(),
          "",
          "Options, separated by commas, whose values may differ from those that a stored position"
              + " was made under.");

  /** All of them, in the order in which the documentation lists them. */
  public static final List<Option<?>> ALL =
      Stream.concat(
              Stream.<Option<?>>of(
                  RECIPE,
                  URL,
                  METHOD,
                  HEADERS,
                  BODY,
                  STREAMING,
                  STREAMING_INTERVAL,
                  INPUT_DATA,
                  QUERY_TYPE,
                  OFFSET_TYPE,
                  OFFSET_FIELD,
                  INITIAL_OFFSET,
                  OFFSET_BOUNDARY,
                  BoundaryOptions.OFFSET_GRANULARITY,
                  BoundaryOptions.LOOKBACK,
                  BoundaryOptions.OFFSET_FORMAT,
                  BoundaryOptions.OFFSET_SEND_FORMAT,
                  ORDER,
                  WindowOptions.WINDOW_SIZE,
                  WindowOptions.WINDOW_LAG,
                  WindowOptions.WINDOW_CAP,
                  RESPONSE_FORMAT,
                  LeniencyOptions.COMMENTS,
                  LeniencyOptions.UNQUOTED_NAMES,
                  LeniencyOptions.SINGLE_QUOTES,
                  LeniencyOptions.LEADING_ZEROS,
                  LeniencyOptions.ANY_ESCAPE,
                  LeniencyOptions.CONTROL_CHARACTERS,
                  LeniencyOptions.NON_NUMBERS,
                  DATA_FIELD,
                  KEY_FIELD,
                  PAGE_SIZE,
                  MAX_KEYS,
                  PAGINATION,
                  NEXT_FIELD,
                  PageOptions.PAGE_TOKEN_NAME,
                  PageOptions.FIRST_PAGE,
                  PageOptions.PAGE_STEP,
                  PageOptions.HAS_MORE_FIELD,
                  PageOptions.END_WHEN,
                  PageOptions.TOTAL_FIELD,
                  PageOptions.TOTAL_PAGES_FIELD,
                  PageOptions.SHORT_PAGE_ENDS,
                  PageOptions.MAX_PAGES,
                  BATCH_SIZE,
                  CONNECTION_TIMEOUT,
                  READ_TIMEOUT,
                  HTTP_VERSION,
                  MAX_RESPONSE_BYTES,
                  ALLOWED_HOSTS,
                  PROXY,
                  PROXY_USER,
                  PROXY_PASSWORD,
                  TRUST_STORE,
                  TRUST_STORE_PASSWORD,
                  KEY_STORE,
                  KEY_STORE_KEY,
                  KEY_STORE_PASSWORD,
                  MAX_RETRIES,
                  RETRY_BASE_DELAY,
                  RETRY_MAX_DELAY,
                  RETRY_STATUSES,
                  IGNORE_STATUSES,
                  STATUS_ACTIONS,
                  RETRY_AFTER_HEADER,
                  ERROR_WHEN,
                  REQUESTS_PER_SECOND,
                  MAX_CONCURRENT_REQUESTS,
                  CONDITIONAL_REQUESTS,
                  ALLOW_OFFSET_DECREASE,
                  ACCEPT_CHANGES),
              CredentialOptions.ALL.stream())
          .toList();

  private RestOptions() {}
}
