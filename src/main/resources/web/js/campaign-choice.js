/** Which campaign a screen shows that was told none. */

/** The campaign that is followed where none is named: the first that runs, else the first of the list, which is the latest. */
export function followed(campaigns) {
  return campaigns.find(({ state }) => state === 'running') ?? campaigns.find(({ state }) => state === 'closed') ?? campaigns[0];
}
