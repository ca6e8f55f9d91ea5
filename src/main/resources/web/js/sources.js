/** The strip of sources, those that are down first: how far behind each is and what was refused. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { byUrgency } from './source-order.js';
import { say } from './words.js';

export class Sources {
  #list = document.querySelector('#sources ul');
  #none = document.querySelector('#no-sources');

  show({ items }) {
    const sources = byUrgency(items);
    this.#none.hidden = sources.length > 0;
    fillRows(this.#list, sources, newEntry, showOne);
  }
}

function showOne(entry, [name, source]) {
  const [shape, title, facts] = entry.children;
  entry.dataset.up = String(source.up);
  setText(shape, source.up ? '●' : '✕');
  setText(title, name);
  setText(
    facts,
    [
      say(source.up ? 'sourceUp' : 'sourceDown'),
      say('sourceLag', format.duration(source.lagSeconds)),
      say('sourceLast', format.time(source.lastEventAt)),
      say('sourceRejected', format.count(source.rejected)),
    ].join(' · '),
  );
}

function newEntry() {
  return element(
    'li',
    {},
    element('span', { class: 'shape', 'aria-hidden': 'true' }),
    element('bdi', { class: 'source' }),
    element('span', { class: 'facts' }),
  );
}
