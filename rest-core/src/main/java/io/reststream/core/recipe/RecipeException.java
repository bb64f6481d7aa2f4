package io.reststream.core.recipe;

/** A recipe that is not there, or that cannot be read. */
public final class RecipeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whether there is none of the name, rather than a broken one. */
  private final boolean unknown;

  private RecipeException(String message, boolean unknown) {
    super(message);
    this.unknown = unknown;
  }

  static RecipeException unknown(String message) {
    return new RecipeException(message, true);
  }

  static RecipeException broken(String message, Object... values) {
    return new RecipeException(message.formatted(values), false);
  }

  /** Whether there is no recipe of the name. */
  public boolean isUnknown() {
    return unknown;
  }
}
