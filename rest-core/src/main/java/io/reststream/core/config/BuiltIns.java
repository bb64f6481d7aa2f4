package io.reststream.core.config;

import java.util.List;

/**
 * Placeholders that every request can fill by itself. A column of the inputs or a field of that
 * name goes before them.
 */
public final class BuiltIns {
  /** The time of the request. */
  public static final String NOW = "now";

  /** Random, new for each request; one that is made again after a failure keeps it. */
  public static final String UUID = "uuid";

  static final List<String> NAMES = List.of(NOW, UUID);

  private BuiltIns() {}
}
