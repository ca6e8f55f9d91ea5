/** The boards of the wall: who or what brought most in the last 30 minutes, one kind at a time. */

import { address, linkTo, pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const WINDOW = '30m';
/** A ranking is read, not watched: it may be some seconds old, and a wall stays cheap. */
const EVERY_MILLIS = 5000;
const MOST_SHOWN = 20;

/** Per kind: its word, what a row is called and, where there is a page for it, the way there. */
const KINDS = {
  items: { word: 'boardItems', label: (row) => row.item ?? say('noItem') },
  groups: {
    word: 'boardGroups',
    label: (row) => format.name(row.name ?? row.group),
    link: (row) => pageLink('group.html', { group: row.group }),
  },
  shares: { word: 'boardShares', label: (row) => row.share ?? say('noShare') },
  channels: { word: 'boardChannels', label: (row) => row.channel ?? say('noChannel') },
};

export class BoardPanel {
  #feed;
  #org;
  #panel = document.querySelector('#board');
  #rows = document.querySelector('#board-rows');
  #none = document.querySelector('#no-board');
  #buttons = new Map();
  #topic = null;

  constructor(feed, org) {
    this.#feed = feed;
    this.#org = org;
  }

  start() {
    for (const [name, { word }] of Object.entries(KINDS)) {
      const button = element('button', { type: 'button' }, say(word));
      button.addEventListener('click', () => this.#choose(name));
      this.#buttons.set(name, button);
      document.querySelector('#board-kinds ul').append(element('li', {}, button));
    }
    this.#choose(address.board in KINDS ? address.board : 'items');
  }

  #choose(name) {
    if (this.#topic !== null) {
      this.#feed.unsubscribe(this.#topic);
      history.replaceState(null, '', linkTo({ board: name }));
    }
    for (const [each, button] of this.#buttons) {
      button.setAttribute('aria-pressed', String(each === name));
    }
    this.#panel.dataset.kind = name;
    this.#rows.replaceChildren();
    this.#topic = `board:${name}:org:${this.#org}:${WINDOW}`;
    this.#feed.subscribe(this.#topic, EVERY_MILLIS, (frame, board) => {
      if (frame.kind !== 'error') {
        this.#show(KINDS[name], board.items, frame.asOf);
      }
    });
  }

  #show(kind, items, asOf) {
    const highest = Math.max(1, ...items.map((item) => item.gmvPaid));
    this.#panel.dataset.asOf = String(asOf);
    this.#none.hidden = items.length > 0;
    fillRows(this.#rows, items.slice(0, MOST_SHOWN), newRow, (row, item) => showRow(row, item, kind, highest));
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

function showRow(row, item, { label, link }, highest) {
  const [orders, who, amount] = row.children;
  setText(orders, say('boardOrders', format.count(item.ordersPaid)));
  setText(who.firstElementChild, label(item));
  if (link !== undefined && !address.masked) {
    who.href = link(item);
  }
  setText(amount, format.money(item.gmvPaid));
  row.dataset.orders = String(item.ordersPaid);
  row.style.setProperty('--part', String(Math.max(0, item.gmvPaid) / highest));
}
