/** Decides whether compiled classes find all that they call on the class path they run with. */
@NullMarked
package io.reststream.testkit.link;

import org.jspecify.annotations.NullMarked;
