/** Sources in the order in which they need to be looked at: those that are down first. */

/** Pairs of a name and its source. */
export function byUrgency(items) {
  return Object.entries(items).sort(([nameA, a], [nameB, b]) => a.up - b.up || nameA.localeCompare(nameB));
}
