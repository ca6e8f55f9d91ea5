/** When a group was silent: its alerts, those that fire and those that are over. */

import { showAlerts } from './alert-rows.js';
import { pollWhileVisible, query } from './poll.js';

const EVERY_MILLIS = 10_000;
const MOST_LISTED = '20';

export class GroupSilences {
  #group;
  #panel = document.querySelector('#silences');

  constructor(group) {
    this.#group = group;
  }

  start() {
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const { items, asOf } = await query('api/v1/alerts', {
        kind: 'group_silent',
        subject: this.#group,
        limit: MOST_LISTED,
      });
      this.#panel.dataset.stale = 'false';
      this.#panel.querySelector('.nothing').hidden = items.length > 0;
      showAlerts(this.#panel.querySelector('ol'), items, asOf);
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }
}
