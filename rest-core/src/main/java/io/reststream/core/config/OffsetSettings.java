package io.reststream.core.config;

import io.reststream.core.json.FieldPath;
import io.reststream.core.offset.Earlier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options say about offsets.
 *
 * @param tracked whether the stream keeps an offset at all; a batch read need not
 * @param sent whether a request has a place for the offset; without one the API is asked for
 *     everything each time
 * @param type where the next offset comes from
 * @param field the field that holds it
 * @param initial the text sent first; null sends nothing
 * @param boundary what the API answers at the offset
 * @param order the declared order; null when it may be inferred
 * @param keyFields the fields of a record's key; none means all of its bytes
 * @param pageSize how many records a full page holds; null when not known
 * @param maxKeys how many delivered records may be remembered
 * @param decreases whether the offset follows a timestamp that goes back
 * @param link whether the offset is the address of the next request, in place of the template
 * @param earlier how far before the offset the API is asked
 * @param formats how offsets are written
 */
public record OffsetSettings(
    boolean tracked,
    boolean sent,
    OffsetType type,
    ResponseField field,
    @Nullable String initial,
    OffsetBoundary boundary,
    @Nullable Order order,
    List<FieldPath> keyFields,
    @Nullable Integer pageSize,
    int maxKeys,
    boolean decreases,
    boolean link,
    Earlier earlier,
    OffsetFormats formats) {

  /**
   * The same for a stream in windows: records have a time at most, by which those at an edge are
   * found.
   */
  OffsetSettings inWindows(boolean fieldGiven) {
    return new OffsetSettings(
        fieldGiven,
        false,
        OffsetType.MAX_FIELD,
        field,
        initial,
        boundary,
        null,
        keyFields,
        pageSize,
        maxKeys,
        false,
        false,
        Earlier.NONE,
        formats);
  }

  /** The offset's fields within a record; none where a record has none. */
  public List<FieldPath> recordPaths() {
    if (!tracked || type == OffsetType.CURSOR) {
      return List.of();
    }
    return field instanceof ResponseField.Several several
        ? several.paths()
        : field instanceof ResponseField.Body body ? List.of(body.path()) : List.of();
  }

  /** Whether the API answers only what is after the offset. */
  public boolean exclusive() {
    return boundary == OffsetBoundary.EXCLUSIVE;
  }

  /** The response's own field; null where only the records count. */
  public @Nullable ResponseField responseField() {
    return tracked && (type == OffsetType.CURSOR || type == OffsetType.TIMESTAMP) ? field : null;
  }
}
