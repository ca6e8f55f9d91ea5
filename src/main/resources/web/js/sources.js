/** The strip of sources, those that are down first: how far behind each is and what was refused. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

export class Sources {
  #list = document.querySelector('#sources ul');
  #none = document.querySelector('#no-sources');

  show({ items }) {
    const names = Object.keys(items).sort((a, b) => items[a].up - items[b].up || a.localeCompare(b));
    this.#none.hidden = names.length > 0;
    names.forEach((name, index) => this.#showOne(index, name, items[name]));
    while (this.#list.children.length > names.length) {
      this.#list.lastElementChild.remove();
    }
  }

  #showOne(index, name, source) {
    const entry = this.#list.children[index] ?? this.#list.appendChild(this.#newEntry());
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

  #newEntry() {
    return element(
      'li',
      {},
      element('span', { class: 'shape', 'aria-hidden': 'true' }),
      element('bdi', { class: 'source' }),
      element('span', { class: 'facts' }),
    );
  }
}
