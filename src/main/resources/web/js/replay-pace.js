/** The line of a past sale up to the moment shown, against its target and the whole of the earlier one. */

import { earlierLine, measureOf, MOST_POINTS, PaceChart, targetLine } from './pace-chart.js';
import { say } from './words.js';

export class ReplayPace {
  #chart = new PaceChart(document.querySelector('#pace'));
  #sale;
  #measure;
  #points;
  #others;
  /** The moment shown and what was reached by then, null before the first. */
  #shown = null;

  /** @param campaign as the query answers, with its targets and what it is compared to */
  constructor(sale, campaign) {
    this.#sale = sale;
    this.#measure = measureOf(campaign);
    this.#others = [targetLine(this.#measure)];
    const every = Math.ceil(sale.minutes.length / MOST_POINTS);
    this.#points = sale.minutes
      .filter((_, index) => index > 0 && index % every === 0)
      .map(({ ts, before }) => ({ ts, value: before[this.#measure.field] }));
    this.#chart.entitle(this.#measure);
    earlierLine(campaign, this.#measure)
      .then((line) => {
        this.#others.push(line);
        this.#draw();
      })
      .catch(() => {});
  }

  show(t, reading) {
    this.#shown = { t, reading };
    this.#draw();
  }

  #draw() {
    if (this.#shown === null) {
      return;
    }
    const { t, reading } = this.#shown;
    const { from, to } = this.#sale;
    const part = (moment) => (moment - from) / (to - from);
    const before = this.#points.filter(({ ts }) => ts < t).map(({ ts, value }) => [part(ts), value]);
    const points = [[0, 0], ...before, [part(t), reading[this.#measure.field]]];
    const own = { name: 'now', text: say('lineNow'), points };
    this.#chart.draw({ from, to, elapsed: { value: part(t) } }, [own, ...this.#others], this.#measure);
  }
}
