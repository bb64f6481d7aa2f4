package io.reststream.core;

import io.reststream.core.Position.Source;
import io.reststream.core.config.OffsetSettings;
import io.reststream.core.config.OffsetType;
import io.reststream.core.json.ContradictionException;
import io.reststream.core.json.FieldNames;
import io.reststream.core.json.ScannedPage;
import io.reststream.core.json.ShapeException;
import io.reststream.core.offset.OffsetValue;
import io.reststream.core.offset.TimeFormat;
import org.jspecify.annotations.Nullable;

/** Where offsets are read from, and whether those of a page can be used. */
final class Sources {
  private static final int SHOWN = 60;

  private Sources() {}

  /**
   * Whether the response or its records hold the offset; null while nothing has shown it.
   *
   * @throws ShapeException if the page has records, and nothing in it has an offset
   */
  static @Nullable Source resolve(
      OffsetSettings settings,
      Position position,
      ScannedPage page,
      ScannedPage.@Nullable Scalar own)
      throws ShapeException {
    if (settings.type() == OffsetType.CURSOR) {
      return null;
    }
    Source source = position.source();
    if (settings.type() == OffsetType.TIMESTAMP && source == null && own != null) {
      return Source.RESPONSE;
    }
    if (source == Source.RESPONSE || page.size() == 0) {
      return source;
    }
    for (int i = 0; i < page.size(); i++) {
      if (page.value(i) == null) {
        throw withoutOffset(settings, page, i);
      }
    }
    return Source.RECORDS;
  }

  private static ShapeException withoutOffset(
      OffsetSettings settings, ScannedPage page, int index) {
    byte[] body = page.body();
    return new ShapeException(
        "has a record without the field '%s' (option 'offsetField'), record %d of %d: %s; of the response, %s"
            .formatted(
                settings.field().name(),
                index + 1,
                page.size(),
                FieldNames.describe(body, page.start(index), page.end(index)),
                FieldNames.describe(body, 0, body.length)));
  }

  /**
   * The response's own timestamp; null where an empty page has none.
   *
   * @throws ShapeException if a page with records has none, or it does not compare
   */
  static @Nullable OffsetValue own(
      OffsetSettings settings,
      Position position,
      ScannedPage page,
      ScannedPage.@Nullable Scalar scalar)
      throws ShapeException {
    TimeFormat format = settings.formats().read();
    if (scalar == null || scalar.text().isEmpty()) {
      boolean first = position.cycle() == null || position.cycle().pages() == 0;
      if (first && page.size() > 0) {
        throw new ShapeException(
            "has no field '%s' (option 'offsetField'), which earlier ones had; %s"
                .formatted(
                    settings.field().name(),
                    FieldNames.describe(page.body(), 0, page.body().length)));
      }
      return null;
    }
    OffsetValue value;
    try {
      value =
          format != null
              ? time(settings, scalar.text(), format)
              : scalar.number()
                  ? OffsetValue.ofNumber(scalar.text())
                  : OffsetValue.ofText(scalar.text());
    } catch (NumberFormatException e) {
      throw new ShapeException(
          "has an offset that is no usable number in the field '%s'"
              .formatted(settings.field().name()),
          e);
    }
    requireSameKind(settings, position.offset(), value);
    requireUsable(settings, value);
    return value;
  }

  private static OffsetValue time(OffsetSettings settings, String text, TimeFormat format)
      throws ShapeException {
    OffsetValue time = OffsetValue.ofTime(text, format);
    if (time == null) {
      throw new ShapeException(
          "has '%s' in its own field '%s', which is no time of 'offsetFormat'='%s'"
              .formatted(shortened(text), settings.field().name(), format));
    }
    return time;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /**
   * What the records of a page are compared with; below it they were delivered. Null while nothing
   * is known.
   *
   * @throws ShapeException if the records' values do not compare with one another or with it
   */
  static @Nullable OffsetValue floor(
      OffsetSettings settings, boolean paged, Position position, ScannedPage page)
      throws ShapeException {
    OffsetValue known = position.offset();
    if (known == null && position.cycle() != null) {
      known = position.cycle().all().value();
    }
    OffsetValue expected = known;
    for (int i = 0; i < page.size(); i++) {
      OffsetValue value = page.value(i);
      if (value == null) {
        continue;
      }
      requireSameKind(settings, expected, value);
      if (settings.type() == OffsetType.INCREMENTAL && !value.isInteger()) {
        throw new ShapeException(
            "has '%s' in the field '%s', but 'offsetType'='incremental' needs whole numbers"
                .formatted(value.text(), settings.field().name()));
      }
      if (expected == null || i == 0) {
        requireUsable(settings, value);
      }
      expected = value;
    }
    OffsetValue asked = Floors.asked(settings, paged, position);
    return asked != null || expected == null ? asked : initial(settings, expected.kind());
  }

  /** The offset that the API was asked with; null where it sorts before every value of a kind. */
  static @Nullable OffsetValue sent(
      OffsetSettings settings, Position position, OffsetValue.Kind kind) {
    return position.offset() != null ? position.offset() : initial(settings, kind);
  }

  /** The initial offset; null where it sorts before every value of a kind. */
  static @Nullable OffsetValue initial(OffsetSettings settings, OffsetValue.Kind kind) {
    String initial = settings.initial();
    if (initial == null || initial.equals("0")) {
      return null;
    }
    OffsetValue first = kind == OffsetValue.Kind.TUPLE ? Floors.tuple(initial) : null;
    TimeFormat sent = settings.formats().sending();
    if (first == null && sent != null && kind == OffsetValue.Kind.INSTANT) {
      first = OffsetValue.ofTime(initial, sent);
    }
    if (first == null) {
      first = OffsetValue.ofText(initial);
    }
    return first.kind() == kind ? first : null;
  }

  /** Requires values that can be asked for as the options say. */
  private static void requireUsable(OffsetSettings settings, OffsetValue value)
      throws ShapeException {
    String problem = settings.earlier().problem(value);
    if (problem == null
        && settings.formats().sent() != null
        && value.kind() != OffsetValue.Kind.INSTANT) {
      problem =
          "option 'offsetSendFormat' needs times: set 'offsetFormat' if that is what these are";
    }
    if (problem != null) {
      throw new ContradictionException(
          "has '%s' in the field '%s', which is %s, but %s"
              .formatted(
                  shortened(value.text()), settings.field().name(), value.described(), problem));
    }
  }

  private static void requireSameKind(
      OffsetSettings settings, @Nullable OffsetValue known, OffsetValue value)
      throws ShapeException {
    if (known != null && !known.comparesWith(value)) {
      throw new ShapeException(
          "has '%s' in the field '%s', which is %s, but '%s' before it was %s; offsets must be of one kind"
              .formatted(
                  value.text(),
                  settings.field().name(),
                  value.described(),
                  known.text(),
                  known.described()));
    }
  }
}
