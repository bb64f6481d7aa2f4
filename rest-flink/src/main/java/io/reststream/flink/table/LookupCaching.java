package io.reststream.flink.table;

import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.source.LookupTableSource.LookupRuntimeProvider;
import org.apache.flink.table.connector.source.lookup.AsyncLookupFunctionProvider;
import org.apache.flink.table.connector.source.lookup.LookupOptions;
import org.apache.flink.table.connector.source.lookup.PartialCachingAsyncLookupProvider;
import org.apache.flink.table.connector.source.lookup.cache.DefaultLookupCache;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.jspecify.annotations.Nullable;

/**
 * Whether answers are kept for rows that come later, by Flink's own cache.
 *
 * @param cache null for none
 */
record LookupCaching(@Nullable DefaultLookupCache cache) {

  /**
   * What the options of a table say.
   *
   * @throws ValidationException if the whole API is to be kept
   * @throws IllegalArgumentException Flink's own, if nothing ever leaves the cache
   */
  static LookupCaching of(ReadableConfig options) {
    return switch (options.get(LookupOptions.CACHE_TYPE)) {
      case NONE -> new LookupCaching(null);
      case PARTIAL -> new LookupCaching(DefaultLookupCache.fromConfig(options));
      case FULL ->
          throw new ValidationException(
              "Option 'lookup.cache' must be 'NONE' or 'PARTIAL' for an API, which is asked key by key, but was 'FULL'.");
    };
  }

  LookupRuntimeProvider provider(AsyncLookupFunction function) {
    return cache == null
        ? AsyncLookupFunctionProvider.of(function)
        : PartialCachingAsyncLookupProvider.of(function, new AnswerCache(cache));
  }
}
