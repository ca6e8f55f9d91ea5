/** What operators did, minute by minute, beneath the orders it may have set off. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

/** By the history's measure what it is called, the rarest first: of a minute in which several things were done it is shown. */
const WORDS = {
  flashes: 'markFlash',
  lives: 'markLive',
  redPackets: 'markRedPacket',
  broadcasts: 'markBroadcast',
  shares: 'markShare',
};
const KINDS = Object.keys(WORDS);
/** Of the whole width, so that words are not written over each other. */
const LEAST_APART = 1 / 6;
/** From here on a word stands to the left of its mark, else it would leave the panel. */
const NEAR_THE_END = 5 / 6;
const MOST_TOLD = 4;

export class Timeline {
  /** What it wants to know of each step of time. */
  measures = KINDS;
  #marks = document.querySelector('#timeline');
  #told = document.querySelector('#timeline-told');
  #none;

  /** @param none the key of the words for a time in which nothing was done */
  constructor(none) {
    this.#none = none;
  }

  /**
   * Shows these steps from the left edge to the right.
   *
   * @param steps of equal length, in order, each with its start `ts` and how often each kind was done in it
   * @param now   what begins later is paler and not told in words
   */
  show(steps, now = Infinity) {
    const marks = steps
      .map((step, index) => ({ step, place: (index + 0.5) / steps.length, rank: KINDS.findIndex((kind) => step[kind] > 0) }))
      .filter(({ rank }) => rank >= 0);
    const rarest = [...marks].sort((a, b) => a.rank - b.rank || b.place - a.place);
    const written = new Set(apart(rarest));
    fillRows(this.#marks, marks, newMark, (mark, each) => {
      mark.style.setProperty('--place', String(each.place));
      mark.dataset.kind = KINDS[each.rank];
      mark.dataset.side = each.place >= NEAR_THE_END ? 'left' : 'right';
      mark.dataset.ahead = String(each.step.ts > now);
      setText(mark, written.has(each) ? say(WORDS[KINDS[each.rank]]) : '');
    });
    const told = rarest.filter(({ step }) => step.ts <= now).slice(0, MOST_TOLD);
    told.sort((a, b) => b.place - a.place);
    const texts = told.map(({ step }) => `${format.minute(step.ts)} ${textOf(step)}`);
    setText(this.#told, texts.length === 0 ? say(this.#none) : texts.join(' · '));
  }
}

const newMark = () => element('li', {});

const textOf = (step) =>
  KINDS.filter((kind) => step[kind] > 0)
    .map((kind) => `${say(WORDS[kind])} ×${format.count(step[kind])}`)
    .join(' ');

/** Twice as much where one word stands to the right of its mark and the other to the left. */
const roomBetween = (a, b) => (a.place >= NEAR_THE_END === b.place >= NEAR_THE_END ? LEAST_APART : 2 * LEAST_APART);

/** Of the marks, in that order, those that leave each other room for a word; the commonest kind has none. */
function apart(marks) {
  const taken = [];
  for (const mark of marks) {
    const hasRoom = taken.every((other) => Math.abs(other.place - mark.place) >= roomBetween(other, mark));
    if (hasRoom && mark.rank < KINDS.length - 1) {
      taken.push(mark);
    }
  }
  return taken;
}
