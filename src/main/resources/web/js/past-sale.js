/** A sale that is over, as REST remembers it: sums minute by minute, and order by order around the moment shown. */

import { query, queryLines } from './poll.js';

const MINUTE_MILLIS = 60_000;
const BLOCK_MILLIS = 5 * MINUTE_MILLIS;
const MEASURES = 'ordersPaid,gmvPaid,active,touches,carts,ordersCreated,flashes,lives,redPackets,broadcasts,shares';
/** What is shown of people's steps is of so many whole minutes. */
const FUNNEL_MINUTES = 30;
/** What one call for minutes may ask for. */
const MOST_MINUTES = 2880;
const BLOCKS_KEPT = 24;

const startOf = (t, width) => Math.floor(t / width) * width;

export class PastSale {
  #campaign;
  #ledger;
  #only;
  #minutes = [];
  #blocks = new Map();

  /** @param campaign of an organisation or of chosen groups; `from` to `to` is what is replayed */
  constructor({ id, org, groups, from, to }) {
    this.#campaign = id;
    this.#ledger = `org:${org ?? ''}`;
    this.#only = org === null ? new Set(groups) : null;
    this.from = from;
    this.to = to;
  }

  /** Reads the minutes with their measures, and with each the sums of the sale before it. */
  async load() {
    const early = await this.#orders(startOf(this.from, MINUTE_MILLIS), this.from);
    let ordersPaid = -early.length;
    let gmvPaid = -money(early);
    const end = Math.ceil(this.to / MINUTE_MILLIS) * MINUTE_MILLIS;
    for (let start = startOf(this.from, MINUTE_MILLIS); start < end; start += MOST_MINUTES * MINUTE_MILLIS) {
      const answer = await query('api/v1/history', {
        scope: `campaign:${this.#campaign}`,
        measures: MEASURES,
        from: start,
        to: Math.min(end, start + MOST_MINUTES * MINUTE_MILLIS),
      });
      for (const minute of answer.items) {
        this.#minutes.push({ ...minute, before: { ordersPaid, gmvPaid } });
        ordersPaid += minute.ordersPaid;
        gmvPaid += minute.gmvPaid;
      }
    }
  }

  get minutes() {
    return this.#minutes;
  }

  /** Whether everything shown of that moment is here. */
  isReady(t) {
    return this.#keysAt(t).every((key) => Array.isArray(this.#blocks.get(key)));
  }

  /** Fetches what is shown of that moment, and of the one after; settles when the former is here. */
  async fetch(t) {
    const soon = this.#block(startOf(Math.min(t + BLOCK_MILLIS, this.to - 1), BLOCK_MILLIS));
    soon.catch(() => {});
    await Promise.all(this.#keysAt(t).map((key) => this.#block(key)));
  }

  /** What was reached before that moment, and what came in the 60 seconds up to it. The moment has to be ready. */
  at(t) {
    const place = Math.floor((t - this.#minutes[0].ts) / MINUTE_MILLIS);
    const minute = this.#minutes[place] ?? this.#minutes.at(-1);
    const filling = this.between(minute.ts, t);
    const rain = this.between(t - MINUTE_MILLIS, t);
    return {
      ordersPaid: minute.before.ordersPaid + filling.length,
      gmvPaid: minute.before.gmvPaid + money(filling),
      rate: rain.length,
      rainMoney: money(rain),
      active: this.#minutes[place - 1]?.active ?? null,
      steps: this.#sums(Math.max(0, place - FUNNEL_MINUTES), place),
    };
  }

  /** How often each step towards an order was taken in these minutes. */
  #sums(start, end) {
    const sums = { touches: 0, carts: 0, ordersCreated: 0, ordersPaid: 0 };
    for (const minute of this.#minutes.slice(start, end)) {
      for (const step of Object.keys(sums)) {
        sums[step] += minute[step];
      }
    }
    return sums;
  }

  /** The paid orders from one moment until before another, oldest first, as far as they are here. */
  between(from, until) {
    return [...this.#blocks.keys()]
      .filter((key) => key < until && key + BLOCK_MILLIS > from && Array.isArray(this.#blocks.get(key)))
      .sort((a, b) => a - b)
      .flatMap((key) => this.#blocks.get(key).filter(({ ts }) => ts >= from && ts < until));
  }

  /** The blocks that hold the five minutes up to that moment: the board's, and with them the last minute. */
  #keysAt(t) {
    return [...new Set([t - BLOCK_MILLIS, t].map((moment) => startOf(moment, BLOCK_MILLIS)))];
  }

  /** The orders of a block: the array once it is here, a promise of it until then. */
  async #block(key) {
    if (!this.#blocks.has(key)) {
      this.#blocks.set(key, this.#orders(key, key + BLOCK_MILLIS));
      if (this.#blocks.size > BLOCKS_KEPT) {
        this.#blocks.delete(this.#blocks.keys().next().value);
      }
    }
    try {
      const orders = await this.#blocks.get(key);
      this.#blocks.set(key, orders);
    } catch (failure) {
      this.#blocks.delete(key);
      throw failure;
    }
  }

  /** Paid orders of a stretch as {ts, group, item, share, channel, amount}, the amount null where the shop told none. */
  async #orders(from, to) {
    if (from >= to) {
      return [];
    }
    const lines = await queryLines('api/v1/ledger', { scope: this.#ledger, from, to });
    return lines
      .filter(({ ordersPaid, group }) => ordersPaid > 0 && (this.#only?.has(group) ?? true))
      .map(({ paidAt, group, item, share, channel, gmvPaid, unpriced }) => ({
        ts: paidAt,
        group,
        item,
        share,
        channel,
        amount: unpriced > 0 ? null : gmvPaid,
      }))
      .sort((a, b) => a.ts - b.ts);
  }
}

const money = (orders) => orders.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
