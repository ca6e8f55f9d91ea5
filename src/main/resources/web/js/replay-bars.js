/** The sale by minute: what was, what is being shown, and paler what comes after. */

import { setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { Timeline } from './timeline.js';
import { say } from './words.js';

const MINUTE_MILLIS = 60_000;
const MOST_BARS = 240;
const GAP = 0.18;
const SVG = 'http://www.w3.org/2000/svg';

export class ReplayBars {
  #svg = document.querySelector('#replay-bars');
  #timeline = new Timeline('noStimuliYet');
  #bars;
  #shown = null;

  /** @param minutes of a past sale */
  constructor(minutes) {
    const width = Math.max(1, Math.ceil(minutes.length / MOST_BARS));
    this.#bars = [];
    for (let i = 0; i < minutes.length; i += width) {
      const part = minutes.slice(i, i + width);
      const sums = Object.fromEntries(
        ['ordersPaid', ...this.#timeline.measures].map((name) => [name, part.reduce((sum, minute) => sum + minute[name], 0)]),
      );
      this.#bars.push({ ts: part[0].ts, end: part.at(-1).ts + MINUTE_MILLIS, ...sums });
    }
    const highest = Math.max(1, ...this.#bars.map(({ ordersPaid }) => ordersPaid));
    this.#svg.setAttribute('viewBox', `0 0 ${Math.max(1, this.#bars.length)} 100`);
    fillRows(this.#svg, this.#bars, () => document.createElementNS(SVG, 'rect'), (bar, { ordersPaid }) => {
      const index = [...this.#svg.children].indexOf(bar);
      const height = ordersPaid === 0 ? 0.8 : Math.max(2, (100 * ordersPaid) / highest);
      bar.setAttribute('x', String(index + GAP / 2));
      bar.setAttribute('width', String(1 - GAP));
      bar.setAttribute('y', String(100 - height));
      bar.setAttribute('height', String(height));
    });
    const peak = this.#bars.find(({ ordersPaid }) => ordersPaid === highest);
    const said = peak === undefined ? '' : say('peak', format.count(peak.ordersPaid), format.minute(peak.ts));
    setText(document.querySelector('#bars-peak'), said);
    setText(document.querySelector('#bars-from'), format.minute(minutes[0].ts));
    setText(document.querySelector('#bars-to'), format.minute(minutes.at(-1).ts + MINUTE_MILLIS));
    this.#svg.setAttribute('aria-label', `${say('replayByMinute')}: ${said}`);
  }

  show(t) {
    const filling = this.#bars.findIndex(({ end }) => end > t);
    if (filling === this.#shown) {
      return;
    }
    this.#shown = filling;
    this.#timeline.show(this.#bars, t);
    this.#bars.forEach(({ ts, end }, index) => {
      const bar = this.#svg.children[index];
      bar.setAttribute('class', ts >= t ? 'ahead' : end > t ? 'filling' : '');
    });
  }
}
