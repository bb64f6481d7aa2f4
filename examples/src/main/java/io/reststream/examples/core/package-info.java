/** How plain Java reads a REST API. */
@NullMarked
package io.reststream.examples.core;

import org.jspecify.annotations.NullMarked;
