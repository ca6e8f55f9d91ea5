/** What set a group talking and buying: each minute with a share, and the ten minutes before it and after. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 60_000;
const DAY_MILLIS = 86_400_000;
const MINUTES_AROUND = 10;
const MOST_LISTED = 8;

export class GroupShares {
  #group;
  #panel = document.querySelector('#shares');

  constructor(group) {
    this.#group = group;
  }

  start() {
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const now = Number(document.body.dataset.asOf ?? Date.now());
      const { items } = await query('api/v1/history', {
        scope: `group:${this.#group}`,
        measures: 'shares,messages,ordersPaid',
        from: now - DAY_MILLIS,
      });
      this.#panel.dataset.stale = 'false';
      this.#show(items);
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }

  #show(minutes) {
    const shares = minutes
      .map((minute, place) => ({ ...minute, place }))
      .filter((minute) => minute.shares > 0)
      .slice(-MOST_LISTED)
      .reverse();
    this.#panel.querySelector('.nothing').hidden = shares.length > 0;
    this.#panel.querySelector('.table').hidden = shares.length === 0;
    fillRows(this.#panel.querySelector('tbody'), shares, newRow, (row, share) => {
      const [when, count, messages, orders] = row.children;
      setText(when, format.dayTime(share.ts));
      setText(count, format.count(share.shares));
      setText(messages, aroundText(minutes, share.place, 'messages'));
      setText(orders, aroundText(minutes, share.place, 'ordersPaid'));
    });
  }
}

/** The ten minutes before the share against those from its own minute on; the latter may still be filling. */
function aroundText(minutes, place, measure) {
  const sum = (part) => format.count(part.reduce((total, minute) => total + minute[measure], 0));
  return say(
    'beforeAfter',
    sum(minutes.slice(Math.max(0, place - MINUTES_AROUND), place)),
    sum(minutes.slice(place, place + MINUTES_AROUND)),
  );
}

function newRow() {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }),
    ...[1, 2, 3].map(() => element('td', { class: 'number' })),
  );
}
