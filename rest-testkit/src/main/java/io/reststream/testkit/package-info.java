/**
 * Decides how a REST API behaves in a test: what it publishes, how it answers, what goes wrong, and
 * what a reader of it must have received in the end.
 */
@NullMarked
package io.reststream.testkit;

import org.jspecify.annotations.NullMarked;
