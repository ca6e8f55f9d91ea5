/** The groups that sold less than at the same moment of the earlier campaign, the largest gap first. */

import { address, pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

export class BehindGroups {
  #rows = document.querySelector('#behind-rows');
  #none = document.querySelector('#no-behind');

  show({ behind, compared }) {
    this.#none.hidden = behind.length > 0;
    setText(this.#none, say(compared === null ? 'noCompared' : 'noBehind'));
    fillRows(this.#rows, behind, newRow, showRow);
  }
}

function newRow() {
  return element(
    'li',
    {},
    element('span', { class: 'at' }),
    element('a', { class: 'who' }, element('bdi')),
    element('span', { class: 'amount' }),
  );
}

function showRow(row, { group, orders }) {
  const [gap, who, sold] = row.children;
  setText(gap, `▼ ${format.count(orders.den - orders.num)}`);
  setText(who.firstElementChild, format.name(group));
  if (!address.masked) {
    who.href = pageLink('group.html', { group });
  }
  setText(sold, say('behindRow', format.count(orders.num), format.count(orders.den)));
}
