/** The newest paid orders of one group, out of the ledger of its last hour. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, queryLines } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 5000;
const HOUR_MILLIS = 3_600_000;
const MOST_LISTED = 24;

export class GroupOrders {
  #group;
  #list = document.querySelector('#newest');
  #panel = this.#list.parentElement;
  #none = document.querySelector('#no-orders');

  constructor(group) {
    this.#group = group;
  }

  start() {
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const from = Number(document.body.dataset.asOf ?? Date.now()) - HOUR_MILLIS;
      const lines = await queryLines('api/v1/ledger', { scope: `group:${this.#group}`, from });
      this.#panel.dataset.stale = 'false';
      const paid = lines.filter((line) => line.paidAt !== null).sort((a, b) => b.paidAt - a.paidAt);
      this.#none.hidden = paid.length > 0;
      fillRows(this.#list, paid.slice(0, MOST_LISTED), newRow, showRow);
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }
}

function newRow() {
  return element(
    'li',
    {},
    element('span', { class: 'at' }),
    element('bdi', { class: 'who' }),
    element('span', { class: 'amount' }),
  );
}

function showRow(row, line) {
  const [at, what, amount] = row.children;
  setText(at, format.time(line.paidAt));
  setText(what, [line.item, format.name(line.member)].filter((part) => part !== null).join(' · '));
  setText(amount, line.unpriced > 0 ? say('unpriced') : format.money(line.gmvPaid));
}
