/** The groups that sold less than at the same moment of the earlier campaign, the largest gap first. */

import { address, pageLink } from './address.js';
import { comparison, compare } from './comparison.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { groupName } from './names.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

export class BehindGroups {
  #rows = element('ol', { id: 'behind-rows', class: 'order-list', 'aria-labelledby': 'behind-title' });
  #none = element('p', { id: 'no-behind', class: 'nothing', hidden: '' });
  #behind = [];

  constructor() {
    document
      .querySelector('#behind')
      .append(
        element('h2', { id: 'behind-title' }, `${say('behindGroups')} `, element('small', {}, say('sinceStart'))),
        this.#none,
        this.#rows,
      );
  }

  show({ behind, compared }) {
    this.#none.hidden = behind.length > 0;
    setText(this.#none, say(compared === null ? 'noCompared' : 'noBehind'));
    this.#behind = behind;
    this.#list();
  }

  #list() {
    fillRows(this.#rows, this.#behind, newRow, (row, each) => showRow(row, each, () => this.#list()));
  }
}

function newRow() {
  return element(
    'li',
    {},
    element('span', { class: 'at' }),
    element('a', { class: 'who' }, element('bdi')),
    comparison(),
  );
}

/** A group can have taken as many orders as then and still less money. */
function showRow(row, { group, orders, gmv, gap }, onNamed) {
  const [missing, who, sold] = row.children;
  const inOrders = gap.orders > 0;
  setText(missing, `▼ ${inOrders ? format.count(gap.orders) : format.roundMoney(gap.gmv)}`);
  setText(who.firstElementChild, format.name(groupName(group, onNamed)));
  if (!address.masked) {
    row.dataset.group = group;
    who.href = pageLink('group.html', { group });
  }
  if (inOrders) {
    compare(sold, say('behindRow', format.count(orders.num), format.count(orders.den)));
  } else {
    compare(sold, say('behindMoney', format.money(gmv.num), format.money(gmv.den)), format.wholePercent(gmv.value));
  }
}
