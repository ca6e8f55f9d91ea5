/** The funnel of people: touched, carted, ordered, paid, each as a bar against the first. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const STEPS = ['touched', 'carted', 'ordered', 'paid'];

export class Funnel {
  #rows = STEPS.map((step) =>
    element(
      'li',
      {},
      element('span', { class: 'step' }, say(step)),
      element('span', { class: 'bar', 'aria-hidden': 'true' }),
      element('span', { class: 'value', 'data-measure': `windows.30m.funnel.${step}` }, '–'),
      element('span', { class: 'note' }),
    ),
  );

  constructor() {
    document.querySelector('#funnel').append(...this.#rows);
  }

  show(funnel) {
    const widest = Math.max(1, ...STEPS.map((step) => funnel[step]));
    STEPS.forEach((step, index) => {
      const [, bar, value, note] = this.#rows[index].children;
      const before = index === 0 ? null : funnel[STEPS[index - 1]];
      bar.style.setProperty('--part', String(funnel[step] / widest));
      value.dataset.value = String(funnel[step]);
      setText(value, format.count(funnel[step]));
      setText(note, before > 0 ? say('ofStep', format.percent(funnel[step] / before)) : '');
    });
  }
}
