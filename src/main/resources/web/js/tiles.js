/** The headline numbers of one organisation or group, each with the window it stands for. */

import { address } from './address.js';
import { setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const ratioNote = (ratio) => say('ofTouched', format.count(ratio.num), format.count(ratio.den));

const ordersPerBuyer = (today) =>
  say('ordersPerBuyer', today.buyers > 0 ? (today.ordersPaid / today.buyers).toFixed(2) : '–');

function fillNote({ members, capacity }) {
  return capacity > 0
    ? say('fillOf', format.count(capacity), format.percent(members / capacity))
    : say('noCapacity');
}

/** The exact amount below a rounded one. */
function exactNote(minor) {
  const exact = format.exactMoney(minor);
  return exact === format.longMoney(minor) ? '' : exact;
}

/** Per tile: the number as the server gave it, its text, and the line below it. */
const TILES = {
  'today.gmvPaid': (org) => ({
    raw: org.today.gmvPaid,
    text: format.longMoney(org.today.gmvPaid),
    note: exactNote(org.today.gmvPaid),
    isMoney: true,
  }),
  'today.gmvNet': (org) => ({
    raw: org.today.gmvNet,
    text: format.money(org.today.gmvNet),
    note: say('refunds', format.money(org.today.refunds)),
    isMoney: true,
  }),
  'today.ordersPaid': (org) => ({
    raw: org.today.ordersPaid,
    text: format.count(org.today.ordersPaid),
    note: say('aov', format.money(org.today.aov.value)),
  }),
  'windows.5m.active': (org) => ({
    raw: org.windows['5m'].active,
    text: format.count(org.windows['5m'].active),
    note: say('activeness', format.percent(org.windows['5m'].activeness.value)),
  }),
  members: (node) => ({
    raw: node.members,
    text: format.count(node.members),
    note: node.groups === undefined ? fillNote(node) : say('groupsTotal', format.count(node.groups.total)),
  }),
  'windows.5m.messages': (node) => ({
    raw: node.windows['5m'].messages,
    text: format.count(node.windows['5m'].messages),
    note: say('speakers', format.count(node.windows['5m'].speakers)),
  }),
  'windows.30m.conversion': (org) => ({
    raw: org.windows['30m'].conversion.value,
    text: format.percent(org.windows['30m'].conversion.value),
    note: ratioNote(org.windows['30m'].conversion),
  }),
  'windows.30m.maturedConversion': (org) => ({
    raw: org.windows['30m'].maturedConversion.value,
    text: format.percent(org.windows['30m'].maturedConversion.value),
    note: ratioNote(org.windows['30m'].maturedConversion),
  }),
  'today.buyers': (org) => ({
    raw: org.today.buyers,
    text: format.count(org.today.buyers),
    note: ordersPerBuyer(org.today),
  }),
  'today.unpaid': (org) => ({
    raw: org.today.unpaid,
    text: format.count(org.today.unpaid),
    note: say('ofCreated', format.count(org.today.ordersCreated)),
  }),
  'today.effectiveSpeakers': ({ today }) => ({
    raw: today.effectiveSpeakers,
    text: format.decimal(today.effectiveSpeakers),
    note: say('effectiveNote'),
  }),
  'today.lurkers': ({ today }) => ({
    raw: today.lurkers.value,
    text: format.count(today.lurkers.num),
    note: say('lurkersNote', format.percent(today.lurkers.value)),
  }),
  'today.thriceDaily': ({ today }) => ({
    raw: today.thriceDaily,
    text: format.count(today.thriceDaily),
    note: say('thriceNote'),
  }),
  'today.top3Share': ({ today }) => ({
    raw: today.top3Share.value,
    text: format.percent(today.top3Share.value),
    note: say('top3Note', format.count(today.top3Share.num), format.count(today.top3Share.den)),
  }),
  'rain.rate': (org) => ({ raw: org.rain.rate, text: format.count(org.rain.rate) }),
  'rain.gmv': (org) => ({ raw: org.rain.gmv, text: format.money(org.rain.gmv), isMoney: true }),
  'rain.buyers': (org) => ({ raw: org.rain.buyers, text: format.count(org.rain.buyers) }),
};

/** About how many digits wide a text is, so that the style sheet can keep it inside its tile. */
export function widthOf(text) {
  let width = 0;
  for (const letter of text) {
    width += /[.,'  ]/u.test(letter) ? 0.3 : letter > '⺀' ? 1 : letter === 'M' || letter === '%' ? 0.95 : 0.6;
  }
  return width.toFixed(1);
}

export class Tiles {
  #tiles = [...document.querySelectorAll('[data-measure]')].map((value) => ({
    value,
    note: value.parentElement.querySelector('.note'),
    read: TILES[value.dataset.measure],
  }));

  show(org, asOf) {
    for (const tile of this.#tiles) {
      this.#showOne(tile, tile.read(org), asOf);
    }
  }

  #showOne({ value, note }, reading, asOf) {
    setText(value, reading.text);
    value.style.setProperty('--digits', widthOf(reading.text));
    value.dataset.asOf = String(asOf);
    if (!(address.masked && reading.isMoney)) {
      value.dataset.value = String(reading.raw ?? null);
    }
    if (note !== null) {
      setText(note, reading.note);
    }
  }
}
