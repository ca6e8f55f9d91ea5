/** The numbers of a campaign since its start: reached, against target, against the earlier campaign. */

import { address } from './address.js';
import { setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

function targetNote(progress, text) {
  return progress === null ? say('noTarget') : say('targetOf', text(progress.den), format.percent(progress.value));
}

function paceOf(ratio) {
  if (ratio === null) {
    return { raw: null, text: format.percent(null), note: say('noTarget') };
  }
  const way = ratio.value === null ? '' : ratio.value >= 1 ? `▲ ${say('ahead')}` : `▼ ${say('behindPace')}`;
  return { raw: ratio.value, text: format.percent(ratio.value), note: way, behind: ratio.value < 1 };
}

function comparedTile({ compared }) {
  if (compared === null) {
    return { raw: null, text: format.percent(null), note: say('noCompared') };
  }
  return {
    ...paceOf(compared.orders),
    note: say('comparedNote', format.count(compared.ordersPaid)),
  };
}

const TILES = {
  gmvPaid: ({ gmvPaid, progress }) => ({
    raw: gmvPaid,
    text: format.longMoney(gmvPaid),
    note: targetNote(progress.gmv, format.money),
    isMoney: true,
  }),
  ordersPaid: ({ ordersPaid, progress }) => ({
    raw: ordersPaid,
    text: format.count(ordersPaid),
    note: targetNote(progress.orders, format.count),
  }),
  buyers: ({ buyers }) => ({ raw: buyers, text: format.count(buyers), note: '' }),
  elapsed: ({ elapsed }) => ({ raw: elapsed.value, text: format.percent(elapsed.value), note: '' }),
  'pace.gmv': ({ pace }) => paceOf(pace.gmv),
  'pace.orders': ({ pace }) => paceOf(pace.orders),
  'compared.orders': comparedTile,
};

export class CampaignTiles {
  #values = [...document.querySelectorAll('[data-measure]')];

  show(campaign, asOf) {
    for (const value of this.#values) {
      const { raw, text, note, isMoney, behind } = TILES[value.dataset.measure](campaign);
      setText(value, text);
      setText(value.parentElement.querySelector('.note'), note);
      value.style.setProperty('--digits', String(Math.max(4, text.length * 0.62)));
      value.dataset.asOf = String(asOf);
      value.dataset.behind = String(behind === true);
      if (!(address.masked && isMoney)) {
        value.dataset.value = String(raw ?? null);
      }
    }
  }
}
