/** What was expected of a group since it was last heard, in words. */

import * as format from './format.js';
import { say } from './words.js';

/** Less is shown as 0.0. */
const LEAST_EXPECTED = 0.05;

/** Whether there is anything to compare: of the moments since a group was just heard nothing was expected. */
export const isExpected = ({ expected }) => typeof expected === 'number' && expected >= LEAST_EXPECTED;

/** Expected against seen, the start told by that format. */
export function expectedSeen({ since, expected, seen }, moment) {
  return say('expectedSeen', moment(since), format.decimal(expected), format.count(seen ?? 0));
}
