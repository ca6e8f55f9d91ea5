/** A funnel: steps towards a paid order, each as a bar against the widest. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const WORDS = ['touched', 'carted', 'ordered', 'paid'];
/** Distinct people by step, and what the path of each measure begins with. */
const PEOPLE = { steps: WORDS, path: 'windows.30m.funnel.' };
/** How often each step was taken: of the past nothing else is kept. */
export const TIMES = { steps: ['touches', 'carts', 'ordersCreated', 'ordersPaid'], path: 'steps.' };

export class Funnel {
  #steps;
  #rows;

  constructor({ steps, path } = PEOPLE) {
    this.#steps = steps;
    this.#rows = steps.map((step, index) =>
      element(
        'li',
        {},
        element('span', { class: 'step' }, say(WORDS[index])),
        element('span', { class: 'bar', 'aria-hidden': 'true' }),
        element('span', { class: 'value', 'data-measure': `${path}${step}` }, '–'),
        element('span', { class: 'note' }),
      ),
    );
    document.querySelector('#funnel').append(...this.#rows);
  }

  show(funnel) {
    const steps = this.#steps;
    const widest = Math.max(1, ...steps.map((step) => funnel[step]));
    steps.forEach((step, index) => {
      const [, bar, value, note] = this.#rows[index].children;
      const before = index === 0 ? null : funnel[steps[index - 1]];
      bar.style.setProperty('--part', String(funnel[step] / widest));
      value.dataset.value = String(funnel[step]);
      setText(value, format.count(funnel[step]));
      setText(note, before > 0 ? say('ofStep', format.percent(funnel[step] / before)) : '');
    });
  }
}
