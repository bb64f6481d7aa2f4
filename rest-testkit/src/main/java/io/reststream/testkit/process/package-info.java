/** Decides how a test runs other processes, waits for what they do, and ends them. */
@NullMarked
package io.reststream.testkit.process;

import org.jspecify.annotations.NullMarked;
