/** The stream of paid orders: the list of the newest, and the rain of those that arrive. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { Rain } from './rain.js';
import { say } from './words.js';

const MOST_LISTED = 24;
const OVERFLOW_SHOWN_MILLIS = 3000;

const amountText = (order) => (order.amount === null ? say('unpriced') : format.money(order.amount));
const nameOf = (order) => format.name(order.name ?? order.group ?? say('withoutGroup'));

export class Orders {
  #rain = new Rain(document.querySelector('#rain'), (n) => this.#overflowed(n));
  #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #lists = [document.querySelector('#newest'), document.querySelector('#calm-rain')];
  #none = document.querySelector('#no-orders');
  #more = document.querySelector('#more');
  #newest = [];
  #latestTs = null;
  #undrawn = 0;
  #undrawnTimer;

  /** A frame of the topic: a snapshot on coming (back), then what arrives. */
  take(frame) {
    if (frame.kind === 'snapshot') {
      this.#start(frame.data);
    } else if (frame.kind === 'append') {
      this.#arrived(frame.data, frame.skipped ?? 0);
    }
  }

  /** Lists these orders, oldest first, instead of those before; those since that moment fall. */
  restart(orders, fallSince) {
    this.#newest = [];
    this.#list(orders);
    this.#fall(orders.filter(({ ts }) => ts >= fallSince));
  }

  /** The first snapshot is history and only listed; a later one rains what was missed meanwhile. */
  #start(orders) {
    const missed = this.#latestTs === null ? [] : orders.filter((order) => order.ts > this.#latestTs);
    this.#newest = [];
    this.#list(orders);
    this.#fall(missed);
  }

  #arrived(orders, skipped) {
    this.#list(orders);
    this.#fall(orders);
    if (skipped > 0) {
      this.#overflowed(skipped);
    }
  }

  #fall(orders) {
    if (!this.#calm.matches) {
      this.#rain.add(
        orders.map((order) => ({ amount: order.amount, amountText: amountText(order), name: nameOf(order) })),
      );
    }
  }

  #list(orders) {
    this.#latestTs = orders.reduce((latest, order) => Math.max(latest, order.ts), this.#latestTs ?? 0) || null;
    this.#newest = [...orders.slice(-MOST_LISTED).reverse(), ...this.#newest].slice(0, MOST_LISTED);
    this.#none.hidden = this.#newest.length > 0;
    for (const list of this.#lists) {
      this.#newest.forEach((order, index) => this.#showRow(list, index, order));
      while (list.children.length > this.#newest.length) {
        list.lastElementChild.remove();
      }
    }
  }

  #showRow(list, index, order) {
    const row = list.children[index] ?? list.appendChild(this.#newRow());
    const [at, who, amount] = row.children;
    setText(at, format.time(order.ts));
    setText(who, nameOf(order));
    setText(amount, amountText(order));
  }

  #newRow() {
    return element(
      'li',
      {},
      element('span', { class: 'at' }),
      element('bdi', { class: 'who' }),
      element('span', { class: 'amount' }),
    );
  }

  #overflowed(n) {
    this.#undrawn += n;
    setText(this.#more, say('moreOrders', format.count(this.#undrawn)));
    clearTimeout(this.#undrawnTimer);
    this.#undrawnTimer = setTimeout(() => {
      this.#undrawn = 0;
      setText(this.#more, '');
    }, OVERFLOW_SHOWN_MILLIS);
  }
}
