/** A group's week: messages an hour, by weekday and hour, of the hours that the server still keeps. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 600_000;
const HOUR_MILLIS = 3_600_000;
const WEEK_MILLIS = 7 * 24 * HOUR_MILLIS;
const DAYS = [0, 1, 2, 3, 4, 5, 6];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export class GroupRhythm {
  #group;
  #panel = document.querySelector('#rhythm');

  constructor(group) {
    this.#group = group;
  }

  start() {
    this.#panel
      .querySelector('thead tr')
      .append(
        element('th', { scope: 'col' }, say('colWeekday')),
        ...HOURS.map((hour) => element('th', { scope: 'col', class: 'hour' }, String(hour))),
      );
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const now = Number(document.body.dataset.asOf ?? Date.now());
      const { items } = await query('api/v1/history', {
        scope: `group:${this.#group}`,
        measures: 'messages',
        step: '1h',
        from: now - WEEK_MILLIS,
      });
      this.#panel.dataset.stale = 'false';
      // Hours before the first message were not lived through, or are no longer kept.
      const first = items.findIndex(({ messages }) => messages > 0);
      this.#show(first < 0 ? [] : items.slice(first));
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }

  #show(hours) {
    const sums = new Map();
    for (const { ts, messages } of hours) {
      const { day, hour } = format.hourOfWeek(ts);
      const { sum, of } = sums.get(day * 24 + hour) ?? { sum: 0, of: 0 };
      sums.set(day * 24 + hour, { sum: sum + messages, of: of + 1 });
    }
    const means = new Map([...sums].map(([place, { sum, of }]) => [place, sum / of]));
    const highest = Math.max(1, ...means.values());
    setText(document.querySelector('#rhythm-days'), say('rhythmDays', format.decimal(hours.length / 24)));
    fillRows(this.#panel.querySelector('tbody'), DAYS, newRow, (row, day) => {
      const name = format.weekday(day);
      setText(row.firstElementChild, name);
      HOURS.forEach((hour) => showHour(row.children[hour + 1], name, hour, means.get(day * 24 + hour), highest));
    });
  }
}

function newRow() {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }),
    ...HOURS.map(() => element('td', { class: 'hour' }, element('span', { class: 'heard-only' }))),
  );
}

function showHour(cell, day, hour, mean, highest) {
  const said =
    mean === undefined ? say('rhythmUnknown', day, hour) : say('rhythmHour', day, hour, format.decimal(mean));
  cell.style.setProperty('--part', String((mean ?? 0) / highest));
  cell.dataset.known = String(mean !== undefined);
  cell.title = said;
  setText(cell.firstElementChild, said);
}
