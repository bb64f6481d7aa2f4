/** The polling core: from options to pages of records, and from one position to the next. */
@NullMarked
package io.reststream.core;

import org.jspecify.annotations.NullMarked;
