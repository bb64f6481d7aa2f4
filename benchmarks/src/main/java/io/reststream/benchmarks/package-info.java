/** What things cost, one class per question, always as ratios measured side by side in one run. */
@NullMarked
package io.reststream.benchmarks;

import org.jspecify.annotations.NullMarked;
