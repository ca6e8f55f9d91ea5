/** The alerts at an organisation: what REST knows when the page comes (back), then each change as the feed tells it. */

import { query } from './poll.js';

const MOST_FIRING = '1000';
const MOST_RESOLVED = '100';

export class AlertLog {
  #org;
  #changed;
  #byId = new Map();
  #sinceSnapshot = [];

  /** @param changed called with the alerts that fire and those that are resolved, and whether older ones are missing */
  constructor(org, changed) {
    this.#org = org;
    this.#changed = changed;
  }

  /** A frame of the topic: a snapshot of the newest on coming (back), then each as it fires and as it is resolved. */
  take(frame) {
    if (frame.kind === 'snapshot') {
      this.#sinceSnapshot = [...frame.data];
      this.#take(frame.data);
      this.#load();
    } else if (frame.kind === 'append') {
      this.#sinceSnapshot.push(...frame.data);
      this.#take(frame.data);
      if (frame.skipped > 0) {
        this.#load();
      }
    }
  }

  /** The snapshot has the newest only; REST has all that fire. What the feed told meanwhile is newer than its answer. */
  async #load() {
    try {
      const [firing, resolved] = await Promise.all([
        query('api/v1/alerts', { org: this.#org, state: 'firing', limit: MOST_FIRING }),
        query('api/v1/alerts', { org: this.#org, state: 'resolved', limit: MOST_RESOLVED }),
      ]);
      this.#byId.clear();
      this.#take([...firing.items, ...resolved.items, ...this.#sinceSnapshot], firing.cursor !== null);
    } catch {
      this.#take([], true);
    }
  }

  /** An alert fires and is then resolved, never the other way round. */
  #take(alerts, incomplete = false) {
    for (const alert of alerts) {
      if (this.#byId.get(alert.id)?.state !== 'resolved') {
        this.#byId.set(alert.id, alert);
      }
    }
    const all = [...this.#byId.values()];
    this.#changed(
      all.filter(({ state }) => state === 'firing').sort((a, b) => b.startsAt - a.startsAt),
      all.filter(({ state }) => state === 'resolved').sort((a, b) => b.endsAt - a.endsAt),
      incomplete,
    );
  }
}
