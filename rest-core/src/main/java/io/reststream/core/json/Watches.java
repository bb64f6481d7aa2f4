package io.reststream.core.json;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks during one scan for what conditions and end rules are about: first come the conditions of
 * an error, then those of an end, then single fields.
 */
final class Watches {
  private final List<Condition> conditions;
  private final int errors;
  private final ScannedPage page;
  private final boolean[] seen;
  private @Nullable Condition met;

  Watches(List<Condition> errors, PageFields fields, ScannedPage page) {
    this.conditions = new ArrayList<>(errors);
    this.conditions.addAll(fields.ends());
    this.errors = errors.size();
    this.page = page;
    this.seen = new boolean[conditions.size()];
  }

  /** Marks in a tree what will be looked for. */
  static void mark(PathTree tree, List<Condition> errors, PageFields fields) {
    int index = 0;
    for (Condition condition : errors) {
      tree.watch(condition.path(), index++);
    }
    for (Condition condition : fields.ends()) {
      tree.watch(condition.path(), index++);
    }
    for (ScannedPage.Own own : ScannedPage.Own.values()) {
      FieldPath path = own.path(fields);
      if (path != null) {
        tree.watch(path, index + own.ordinal());
      }
    }
  }

  /**
   * A watched value has come.
   *
   * @param watched who watches it
   * @param text the value's text; null for an object or an array
   * @param elements whether an object or an array has any
   */
  void see(int[] watched, JsonToken token, @Nullable String text, boolean elements) {
    boolean empty = text == null ? !elements : isEmpty(token, text);
    for (int index : watched) {
      if (index >= conditions.size()) {
        page.own(
            ScannedPage.Own.values()[index - conditions.size()],
            new ScannedPage.OwnField(token == JsonToken.VALUE_NULL ? null : text, empty));
      } else if (!seen[index]) {
        seen[index] = true;
        if (conditions.get(index).isMetBy(text, empty)) {
          meet(index, true);
        }
      }
    }
  }

  private void meet(int index, boolean said) {
    if (index >= errors) {
      page.endsHere(said);
    } else if (met == null) {
      met = conditions.get(index);
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

  /** Throws if a value met a condition of an error so far. */
  void throwIfMet() throws ReportedException {
    if (met != null) {
      throw new ReportedException(met);
    }
  }

  /** Looks at what the document does not have, and throws if it is an error. */
  void throwIfMetAtTheEnd() throws ReportedException {
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i] && conditions.get(i).isMetByAbsence()) {
        meet(i, false);
      }
    }
    throwIfMet();
  }
}
