/** The table of groups: asked for every two seconds while it can be seen, in the order that the server gives. */

import { address, linkTo, pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { stateBadge } from './states.js';
import { say } from './words.js';

const EVERY_MILLIS = 2000;
const MOST_SHOWN = '50';

const in5m = (group) => group.windows['5m'];

/** Per column: its words, what it shows, and what the server sorts by (measure and window). */
const COLUMNS = [
  { word: 'colGroup', kind: 'name', sort: 'group', text: (group) => format.name(group.name ?? group.group) },
  { word: 'colOrg', kind: 'org', text: (group) => orgText(group.orgs) },
  { word: 'colState', kind: 'state' },
  { word: 'colMembers', kind: 'number', sort: 'members', text: (group) => format.count(group.members) },
  { word: 'colActive', kind: 'number', sort: 'active', text: (group) => format.count(in5m(group).active) },
  {
    word: 'colActiveness',
    kind: 'number',
    sort: 'activeness',
    text: (group) => format.percent(in5m(group).activeness.value),
  },
  { word: 'colOrders', kind: 'number', sort: 'ordersPaid', text: (group) => format.count(in5m(group).ordersPaid) },
  { word: 'colGmv', kind: 'number', sort: 'gmvPaid', text: (group) => format.money(in5m(group).gmvPaid) },
  {
    word: 'colConversion',
    kind: 'number',
    sort: 'conversion',
    window: '30m',
    text: (group) => format.percent(group.windows['30m'].conversion.value),
  },
];

const FIELDS = [
  'group',
  'name',
  'orgs',
  'state',
  'members',
  'windows.5m.active',
  'windows.5m.activeness',
  'windows.5m.ordersPaid',
  'windows.5m.gmvPaid',
  'windows.30m.conversion',
].join(',');

/** The column that a sort order is about, undefined if it is none. */
const sortedBy = (order) => COLUMNS.find(({ sort }) => sort !== undefined && sort === order.replace('-', ''));

/** The end of the path under which this screen finds the group, and in how many other places it stands. */
function orgText(orgs) {
  const here = orgs.find((org) => org === address.org || org.startsWith(`${address.org}/`));
  const place = (here ?? orgs[0] ?? say('unassigned')).split('/').slice(-2).join('/');
  return orgs.length < 2 ? place : `${place} +${orgs.length - 1}`;
}

export class Groups {
  #panel = document.querySelector('#groups');
  #body = this.#panel.querySelector('tbody');
  #note = this.#panel.querySelector('.note');
  #sorted = sortedBy(address.sort) ?? sortedBy('active');
  #descending = address.sort.startsWith('-') || this.#sorted !== sortedBy(address.sort);
  #heads = [];
  #refresh = null;

  start() {
    const row = this.#panel.querySelector('thead tr');
    this.#heads = COLUMNS.map((column) => this.#newHead(column));
    row.append(...this.#heads);
    this.#showSort();
    this.#refresh = pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
  }

  async #load() {
    try {
      const answer = await query('api/v1/groups', {
        org: address.org,
        sort: this.#sort(),
        window: this.#sorted.window ?? '5m',
        limit: MOST_SHOWN,
        fields: FIELDS,
      });
      this.#show(answer);
    } catch {
      this.#panel.dataset.stale = 'true';
      setText(this.#note, say('groupsStale'));
    }
  }

  #show({ items, asOf, cursor }) {
    this.#panel.dataset.stale = 'false';
    this.#panel.dataset.asOf = String(asOf);
    setText(this.#note, items.length === 0 ? say('noGroups') : cursor ? say('groupsShown', items.length) : '');
    items.forEach((group, index) => this.#showRow(index, group));
    while (this.#body.rows.length > items.length) {
      this.#body.lastElementChild.remove();
    }
  }

  #showRow(index, group) {
    const row = this.#body.rows[index] ?? this.#body.appendChild(this.#newRow());
    COLUMNS.forEach((column, at) => {
      const cell = row.children[at];
      if (column.kind === 'state') {
        stateBadge(cell, group.state);
      } else if (column.kind === 'name') {
        this.#showName(cell.firstElementChild, column.text(group), group.group);
      } else {
        setText(cell.firstElementChild, column.text(group));
      }
    });
    row.dataset.group = address.masked ? '' : group.group;
  }

  /** A name leads to its group; a visitor, who may not know names, is led nowhere. */
  #showName(link, text, group) {
    setText(link.firstElementChild, text);
    if (!address.masked) {
      link.href = pageLink('group.html', { group });
    }
  }

  #newRow() {
    return element(
      'tr',
      {},
      ...COLUMNS.map(({ kind }) =>
        kind === 'name'
          ? element('th', { scope: 'row', class: kind }, element('a', {}, element('bdi')))
          : element('td', { class: kind }, kind === 'state' ? null : element('bdi')),
      ),
    );
  }

  #newHead(column) {
    const head = element('th', { scope: 'col', class: column.kind });
    if (column.sort === undefined) {
      head.append(say(column.word));
      return head;
    }
    const button = element('button', { type: 'button', title: say('sortBy', say(column.word)) }, say(column.word));
    button.addEventListener('click', () => this.#sortBy(column));
    head.append(button);
    return head;
  }

  #sortBy(column) {
    this.#descending = this.#sorted === column ? !this.#descending : column.kind === 'number';
    this.#sorted = column;
    history.replaceState(null, '', linkTo({ sort: this.#sort() }));
    this.#showSort();
    this.#refresh();
  }

  #sort() {
    return `${this.#descending ? '-' : ''}${this.#sorted.sort}`;
  }

  #showSort() {
    COLUMNS.forEach((column, at) => {
      if (column === this.#sorted) {
        this.#heads[at].setAttribute('aria-sort', this.#descending ? 'descending' : 'ascending');
      } else {
        this.#heads[at].removeAttribute('aria-sort');
      }
    });
  }
}
