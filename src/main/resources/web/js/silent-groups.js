/** The groups of the wall that are silent: since when, what was expected of each and what was seen. */

import { address, pageLink } from './address.js';
import { comparison, compare } from './comparison.js';
import { element, setText } from './dom.js';
import { isExpected } from './expectation.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 5000;
const MOST_SHOWN = '20';

export class SilentGroups {
  #org;
  #panel = document.querySelector('#silent');
  #none = this.#panel.querySelector('.nothing');

  constructor(org) {
    this.#org = org;
  }

  start() {
    pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const { items, asOf } = await query('api/v1/groups', {
        org: this.#org,
        state: 'SILENT',
        sort: '-members',
        limit: MOST_SHOWN,
        fields: 'group,name,silence',
      });
      this.#panel.dataset.stale = 'false';
      this.#panel.dataset.asOf = String(asOf);
      this.#none.hidden = items.length > 0;
      setText(this.#none, say('noSilent'));
      fillRows(this.#panel.querySelector('ol'), items, newRow, (row, group) => showRow(row, group, asOf));
    } catch {
      this.#panel.dataset.stale = 'true';
      setText(this.#none, say('notFresh'));
    }
  }
}

function newRow() {
  return element(
    'li',
    { 'data-state': 'SILENT' },
    element('span', { class: 'at' }),
    element('a', { class: 'who' }, element('bdi')),
    comparison(),
  );
}

function showRow(row, { group, name, silence }, asOf) {
  const [since, who, seen] = row.children;
  setText(since, `■ ${format.duration((asOf - silence.since) / 1000)}`);
  setText(who.firstElementChild, format.name(name ?? group));
  showSeen(seen, silence);
  if (!address.masked) {
    row.dataset.group = group;
    who.href = pageLink('group.html', { group });
  }
}

/** A group that talks again stays silent until it has in two slots: nothing was expected of the moments since. */
function showSeen(target, silence) {
  if (isExpected(silence)) {
    const [expected, seen] = [format.decimal(silence.expected), format.count(silence.seen ?? 0)];
    compare(target, say('silentSeen', expected, seen), say('silentBrief', expected, seen));
  } else {
    compare(target, say('silentTalksAgain'));
  }
}
