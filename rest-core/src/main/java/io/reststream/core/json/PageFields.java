package io.reststream.core.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a response that say what follows a page.
 *
 * @param next the next page's address or token; null when no field has it
 * @param more whether there is more; null when no field says so
 * @param total how many records there are in all; null when no field says so
 * @param totalPages how many pages there are; null when no field says so
 * @param ends conditions, each of which says that the page is the last
 */
public record PageFields(
    @Nullable FieldPath next,
    @Nullable FieldPath more,
    @Nullable FieldPath total,
    @Nullable FieldPath totalPages,
    List<Condition> ends) {
  /** No fields. */
  public static final PageFields NONE = new PageFields(null, null, null, null, List.of());

  /** A next page's field alone. */
  public static PageFields of(@Nullable FieldPath next) {
    return new PageFields(next, null, null, null, List.of());
  }
}
