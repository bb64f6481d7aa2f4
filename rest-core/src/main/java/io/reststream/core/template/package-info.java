/**
 * Decides what a request says: where each placeholder's value stands in the url, a header or the
 * body, and how it is encoded there, so that a value can never change what surrounds it.
 */
@NullMarked
package io.reststream.core.template;

import org.jspecify.annotations.NullMarked;
