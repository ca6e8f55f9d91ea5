/** What is compared at the end of a row: in full, and shorter where the full text would leave its name no room. */

import { element, setText } from './dom.js';

/** To be filled by compare. */
export function comparison() {
  return element('span', { class: 'amount' }, element('span', { class: 'full' }), element('span', { class: 'brief' }));
}

/** Where the brief text stands for the full one, that is told when it is pointed at. */
export function compare(target, full, brief = '') {
  const [inFull, inBrief] = target.children;
  setText(inFull, full);
  setText(inBrief, brief);
  target.title = full;
}
