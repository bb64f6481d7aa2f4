package io.reststream.flink.enumerator;

import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Sends events to a reader. */
final class ToReader {
  private ToReader() {}

  /** To each attempt of the reader, of which speculative execution makes several. */
  static void send(SplitEnumeratorContext<?> context, int reader, SourceEvent event) {
    Set<Integer> attempts;
    try {
      attempts = context.registeredReadersOfAttempts().getOrDefault(reader, Map.of()).keySet();
    } catch (UnsupportedOperationException knowsNone) { // as that of a HybridSource
      context.sendEventToSourceReader(reader, event);
      return;
    }
    attempts.forEach(attempt -> context.sendEventToSourceReader(reader, attempt, event));
  }
}
