/** The states of a group: a shape and a word each, never a colour alone. */

import { pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const SHAPES = { LIVELY: '▲', NORMAL: '●', QUIET: '◐', SILENT: '■', DEAD: '✕', UNKNOWN: '?' };

/** Every state, the liveliest first. */
export const STATES = Object.keys(SHAPES);

/** The shape that stands for a state. */
export function stateShape(state) {
  return SHAPES[state] ?? SHAPES.UNKNOWN;
}

/** Shows a state, and how many groups are in it where that is told, inside an element. */
export function stateBadge(target, state, groups) {
  if (target.childElementCount === 0) {
    target.append(element('span', { class: 'shape', 'aria-hidden': 'true' }), element('span'));
  }
  const known = state in SHAPES ? state : 'UNKNOWN';
  const [shape, word] = target.children;
  target.dataset.state = known;
  setText(shape, SHAPES[known]);
  setText(word, groups === undefined ? say(known) : `${say(known)} ${format.count(groups)}`);
}

/** Shows how many groups are in each state that any group is in; those that are silent lead to the alerts. */
export function stateCounts(target, groups) {
  const present = STATES.filter((state) => groups[state] > 0);
  present.forEach((state, index) => {
    const item = target.children[index] ?? target.appendChild(element('li', {}, element('a')));
    const badge = item.firstElementChild;
    stateBadge(badge, state, groups[state]);
    if (state === 'SILENT') {
      badge.href = pageLink('alerts.html');
      badge.title = say('toAlerts');
    } else {
      badge.removeAttribute('href');
      badge.removeAttribute('title');
    }
  });
  while (target.children.length > present.length) {
    target.lastElementChild.remove();
  }
}
