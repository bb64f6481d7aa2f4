package io.reststream.core.template;

/** Finds what is not a character: half of a surrogate pair. */
final class Surrogates {

  private Surrogates() {}

  /** The index of the first surrogate without its other half; -1 where the text is well-formed. */
  static int firstUnpaired(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (Character.charCount(text.codePointAt(at)) == 1) {
          return at;
        }
        at++;
      }
    }
    return -1;
  }
}
