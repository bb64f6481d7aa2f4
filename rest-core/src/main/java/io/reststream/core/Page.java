package io.reststream.core;

import java.util.List;

/**
 * The new records of one accepted response, with the position that follows them. Store {@link
 * #next} together with the records, and nothing is lost or repeated.
 *
 * @param records the records that were not delivered before, in the order of the response; may be
 *     empty although the position moves
 * @param next the position that follows; {@link Position#betweenCycles} says whether this page
 *     ended its cycle
 * @param info where the page came from
 * @param warnings what the options cannot mend and a person should know; log them
 */
public record Page(Records records, Position next, PageInfo info, List<String> warnings)
    implements Polled {
  public Page {
    warnings = List.copyOf(warnings);
  }
}
