/** The last sixty minutes, one bar a minute; the minute still filling is drawn paler. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { say } from './words.js';

const EVERY_MILLIS = 10_000;
const MINUTE_MILLIS = 60_000;
const SVG = 'http://www.w3.org/2000/svg';
/** Share of a minute's place that its bar leaves free. */
const GAP = 0.22;

/** Per measure: its words, its colour, and how a number of it is written. */
const CHARTS = [
  { measure: 'messages', word: 'historyMessages', colour: 'people', text: format.count },
  { measure: 'active', word: 'historyActive', colour: 'people', text: format.count },
  { measure: 'ordersPaid', word: 'historyOrders', colour: 'money', text: format.count },
  { measure: 'gmvPaid', word: 'historyMoney', colour: 'money', text: format.money },
];

export class History {
  #panel = document.querySelector('#history');
  #charts = CHARTS.filter(({ measure }) => this.#figure(measure) !== null);
  #scope;
  #beside;

  /**
   * @param scope   whose minutes: org:path or group:id; the page's figures say which measures, and are empty but for the
   *                marks of a timeline, which come between bars and axis, and what is told of it
   * @param beside  what more is made of the same minutes, with its `measures` and `show(minutes)`; null for nothing
   */
  constructor(scope, beside = null) {
    this.#scope = scope;
    this.#beside = beside;
  }

  start() {
    for (const chart of this.#charts) {
      layOut(this.#figure(chart.measure), chart);
    }
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  #figure(measure) {
    return this.#panel.querySelector(`[data-history="${measure}"]`);
  }

  async #load() {
    try {
      const measures = [...this.#charts.map((chart) => chart.measure), ...(this.#beside?.measures ?? [])];
      const answer = await query('api/v1/history', { scope: this.#scope, measures: measures.join(',') });
      this.#panel.dataset.stale = 'false';
      this.#charts.forEach((chart) => this.#draw(chart, answer));
      this.#beside?.show(answer.items);
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }

  #draw({ measure, word, text }, { items, asOf }) {
    const figure = this.#figure(measure);
    const values = items.map((item) => item[measure]);
    const highest = Math.max(1, ...values);
    this.#drawBars(figure.querySelector('svg'), items, values, highest, asOf);
    const whole = items.filter((item) => item.ts + MINUTE_MILLIS <= asOf);
    const latest = text(whole.at(-1)?.[measure]);
    const peak = items[values.indexOf(Math.max(...values))];
    const [peakText, peakTime] = [text(peak?.[measure]), peak === undefined ? '' : format.minute(peak.ts)];
    setText(figure.querySelector('.latest'), latest);
    setText(figure.querySelector('.peak'), peak?.[measure] > 0 ? say('peak', peakText, peakTime) : '');
    const summary = say('historySummary', say(word), latest, peakText, peakTime);
    figure.querySelector('svg').setAttribute('aria-label', summary);
  }

  #drawBars(svg, items, values, highest, asOf) {
    svg.setAttribute('viewBox', `0 0 ${Math.max(1, items.length)} 100`);
    items.forEach((item, index) => {
      const bar = svg.children[index] ?? svg.appendChild(document.createElementNS(SVG, 'rect'));
      const height = values[index] === 0 ? 0.8 : Math.max(2, (100 * values[index]) / highest);
      bar.setAttribute('x', String(index + GAP / 2));
      bar.setAttribute('width', String(1 - GAP));
      bar.setAttribute('y', String(100 - height));
      bar.setAttribute('height', String(height));
      bar.setAttribute('class', item.ts + MINUTE_MILLIS > asOf ? 'filling' : '');
    });
    while (svg.children.length > items.length) {
      svg.lastElementChild.remove();
    }
  }
}

/** Title, latest number, bars and axis. */
function layOut(figure, { word, colour }) {
  figure.classList.add(colour);
  const bars = document.createElementNS(SVG, 'svg');
  bars.setAttribute('role', 'img');
  bars.setAttribute('preserveAspectRatio', 'none');
  bars.setAttribute('aria-label', say(word));
  figure.prepend(
    element(
      'figcaption',
      {},
      element('h2', {}, say(word)),
      element('small', {}, say('lastMinute')),
      element('span', { class: 'latest' }, format.count(undefined)),
    ),
    bars,
  );
  (figure.querySelector('ol') ?? bars).after(
    element(
      'p',
      { class: 'axis', 'aria-hidden': 'true' },
      element('span', {}, say('minutesAgo')),
      element('span', { class: 'peak' }),
      element('span', {}, say('now')),
    ),
  );
}
