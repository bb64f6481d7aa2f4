package io.reststream.core.config;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code queryType=querystring} adds to the url: the columns that no placeholder names. */
final class InputQuery {
  private InputQuery() {}

  static RequestTemplate appended(
      RequestTemplate request,
      List<String> columns,
      Map<String, Object> values,
      ConfigProblems problems) {
    if (values.get(RestOptions.QUERY_TYPE.key()) != QueryType.QUERYSTRING) {
      return request;
    }
    // One that a header or the body names may be a secret, which has no place in a url.
    Set<String> named = request.names();
    List<String> left = columns.stream().filter(column -> !named.contains(column)).toList();
    if (left.isEmpty()) {
      problems.add(
          "Option 'queryType'='querystring' has nothing to append to 'url': 'inputData' has no"
              + " column beside those that placeholders name.");
      return request;
    }
    if (String.valueOf(values.get(RestOptions.URL.key())).contains("#")) {
      problems.add(
          "Option 'url' must have no fragment with 'queryType'='querystring', but holds '#'.");
      return request;
    }
    return new RequestTemplate(
        request.method(),
        request.url().withQuery(left),
        request.headers(),
        request.body(),
        request.secrets());
  }
}
