/** The table of a group's rain episodes: when, what set each off, how fast orders came and how much it brought. */

import { element, setText } from './dom.js';
import { triggerText } from './episode.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const NUMBERS = [
  ({ trigger }) => format.duration(trigger?.secondsToFirstOrder),
  ({ orders }) => format.count(orders),
  ({ gmv }) => format.money(gmv),
  ({ buyers }) => format.count(buyers),
  ({ peak }) => format.count(peak),
];

export class Episodes {
  #body = document.querySelector('#episodes tbody');
  #table = document.querySelector('#episodes').parentElement;
  #none = document.querySelector('#no-episodes');

  show({ items }) {
    this.#none.hidden = items.length > 0;
    this.#table.hidden = items.length === 0;
    fillRows(this.#body, items, newRow, showRow);
  }
}

function newRow() {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }),
    element('td', { class: 'trigger' }),
    ...NUMBERS.map(() => element('td', { class: 'number' })),
  );
}

function showRow(row, episode) {
  const [when, trigger, ...numbers] = row.children;
  row.dataset.open = String(episode.open);
  setText(when, `${format.time(episode.start)}–${episode.open ? say('stillOpen') : format.time(episode.end)}`);
  setText(
    trigger,
    episode.trigger === null
      ? say('untriggered')
      : `${triggerText(episode.trigger)} ${format.time(episode.trigger.ts)}`,
  );
  numbers.forEach((cell, index) => setText(cell, NUMBERS[index](episode)));
}
