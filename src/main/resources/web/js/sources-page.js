/** The page of the sources: how fresh each is, and what became of what it sent. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { fillRows } from './rows.js';
import { byUrgency } from './source-order.js';
import { say } from './words.js';

/** The columns after name and state, by the field that each shows. */
const COLUMNS = {
  lagSeconds: format.duration,
  lastEventAt: format.time,
  lastReceivedAt: format.time,
  heartbeatAt: format.time,
  accepted: format.count,
  applied: format.count,
  duplicates: format.count,
  late: format.count,
  rejected: format.count,
  pending: format.count,
};

function newRow() {
  const cells = Object.keys(COLUMNS).map((field) => element('td', { class: 'number', 'data-field': field }));
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: 'name' }, element('bdi')),
    element(
      'td',
      { class: 'state' },
      element('span', { class: 'shape', 'aria-hidden': 'true' }),
      element('span', {}),
    ),
    ...cells,
  );
}

function showRow(row, [name, source]) {
  const [title, state, ...cells] = row.children;
  row.dataset.source = name;
  row.dataset.up = String(source.up);
  setText(title.firstElementChild, name);
  setText(state.firstElementChild, source.up ? '●' : '✕');
  setText(state.lastElementChild, say(source.up ? 'sourceUp' : 'sourceDown'));
  for (const cell of cells) {
    const value = source[cell.dataset.field];
    cell.dataset.value = String(value ?? null);
    setText(cell, COLUMNS[cell.dataset.field](value));
  }
}

const page = new Frame('sources', say('pageSources'));
const body = document.querySelector('#source-table tbody');
page.start((items, asOf) => {
  page.clock.heard(asOf);
  fillRows(body, byUrgency(items), newRow, showRow);
});
