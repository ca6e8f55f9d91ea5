/** The boards: who or what brought most in a stretch of time, one kind at a time. */

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

/** The panel of a board: which kind is shown, and its rows. */
export class Board {
  #panel = document.querySelector('#board');
  #rows = element('ol', { id: 'board-rows', class: 'order-list', 'aria-labelledby': 'board-title' });
  #none = element('p', { id: 'no-board', class: 'nothing', hidden: '' }, say('noBoard'));
  #buttons = new Map();
  #onChosen;

  /**
   * @param window    the key of the words that say which time the board is of
   * @param onChosen  called with the kind that is to be shown, at the start and whenever another is chosen
   */
  constructor(window, onChosen) {
    this.#onChosen = onChosen;
    for (const [name, { word }] of Object.entries(KINDS)) {
      const button = element('button', { type: 'button' }, say(word));
      button.addEventListener('click', () => {
        history.replaceState(null, '', linkTo({ board: name }));
        this.#choose(name);
      });
      this.#buttons.set(name, button);
    }
    const choices = [...this.#buttons.values()].map((button) => element('li', {}, button));
    this.#panel.append(
      element(
        'div',
        { class: 'board-head' },
        element('h2', { id: 'board-title' }, `${say('boards')} `, element('small', {}, say(window))),
        element(
          'div',
          { id: 'board-kinds', class: 'choices', role: 'group', 'aria-labelledby': 'board-title' },
          element('ul', {}, ...choices),
        ),
      ),
      this.#none,
      this.#rows,
    );
  }

  start() {
    this.#choose(address.board in KINDS ? address.board : 'items');
  }

  /** Shows these rows, the first first. */
  show(items, asOf) {
    const kind = KINDS[this.#panel.dataset.kind];
    const highest = Math.max(1, ...items.map((item) => item.gmvPaid));
    this.#panel.dataset.asOf = String(asOf);
    this.#none.hidden = items.length > 0;
    fillRows(this.#rows, items.slice(0, MOST_SHOWN), newRow, (row, item) => showRow(row, item, kind, highest));
  }

  #choose(name) {
    for (const [each, button] of this.#buttons) {
      button.setAttribute('aria-pressed', String(each === name));
    }
    this.#panel.dataset.kind = name;
    this.#rows.replaceChildren();
    this.#onChosen(name);
  }
}

/** The board of an organisation as the feed tells it. */
export class LiveBoard {
  #feed;
  #org;
  #board = new Board('last30m', (kind) => this.#follow(kind));
  #topic = null;

  constructor(feed, org) {
    this.#feed = feed;
    this.#org = org;
  }

  start() {
    this.#board.start();
  }

  #follow(kind) {
    if (this.#topic !== null) {
      this.#feed.unsubscribe(this.#topic);
    }
    this.#topic = `board:${kind}:org:${this.#org}:${WINDOW}`;
    this.#feed.subscribe(this.#topic, EVERY_MILLIS, (frame, board) => {
      if (frame.kind !== 'error') {
        this.#board.show(board.items, frame.asOf);
      }
    });
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
  setText(orders, say('boardTimes', format.count(item.ordersPaid)));
  setText(who.firstElementChild, label(item));
  if (link !== undefined && !address.masked) {
    who.href = link(item);
  }
  setText(amount, format.money(item.gmvPaid));
  row.dataset.orders = String(item.ordersPaid);
  row.style.setProperty('--part', String(Math.max(0, item.gmvPaid) / highest));
}
