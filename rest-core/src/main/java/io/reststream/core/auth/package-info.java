/** Decides what shows the API who asks. */
@NullMarked
package io.reststream.core.auth;

import org.jspecify.annotations.NullMarked;
