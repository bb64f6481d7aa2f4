package io.reststream.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order in which an endpoint serves what it found. */
sealed interface RecordOrder {

  List<FeedRecord> sorted(List<FeedRecord> records);

  /** The order of publication. */
  record AsAppended() implements RecordOrder {
    @Override
    public List<FeedRecord> sorted(List<FeedRecord> records) {
      return records;
    }
  }

  /** By a field's value, ties in the order of publication; descending is the exact reverse. */
  record ByField(String field, boolean descending) implements RecordOrder {
    @Override
    public List<FeedRecord> sorted(List<FeedRecord> records) {
      Comparator<FeedRecord> order =
          Comparator.comparing((FeedRecord record) -> record.value(field), ByField::compare)
              .thenComparing(FeedRecord::number);
      return records.stream().sorted(descending ? order.reversed() : order).toList();
    }

    private static int compare(Optional<FieldValue> a, Optional<FieldValue> b) {
      return a.isPresent() && b.isPresent()
          ? a.get().compareTo(b.get())
          : Boolean.compare(a.isPresent(), b.isPresent());
    }
  }
}
