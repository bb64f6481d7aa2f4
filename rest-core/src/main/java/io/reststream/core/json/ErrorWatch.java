package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for the conditions of an error during one scan. */
final class ErrorWatch {
  private final List<Condition> conditions;
  private final boolean[] seen;
  private @Nullable Condition met;

  ErrorWatch(List<Condition> conditions) {
    this.conditions = conditions;
    this.seen = new boolean[conditions.size()];
  }

  /**
   * A value that conditions are about has come.
   *
   * @param watched their indices
   * @param text the value's text; null for an object or an array
   * @param elements whether an object or an array has any
   */
  void see(int[] watched, JsonToken token, @Nullable String text, boolean elements) {
    boolean empty = text == null ? !elements : isEmpty(token, text);
    for (int index : watched) {
      Condition condition = conditions.get(index);
      if (!seen[index] && met == null && condition.isMetBy(text, empty)) {
        met = condition;
      }
      seen[index] = true;
    }
  }

  private static boolean isEmpty(JsonToken token, String text) {
    return switch (token) {
      case VALUE_NULL, VALUE_FALSE -> true;
      case VALUE_STRING -> text.isEmpty();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(text).signum() == 0;
      default -> false;
    };
  }

  /** Throws if a value met a condition so far. */
  void throwIfMet() throws ReportedException {
    if (met != null) {
      throw new ReportedException(met);
    }
  }

  /** Throws if a condition is met, also by what the document does not have. */
  void throwIfMetAtTheEnd() throws ReportedException {
    throwIfMet();
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i] && conditions.get(i).isMetByAbsence()) {
        throw new ReportedException(conditions.get(i));
      }
    }
  }
}
