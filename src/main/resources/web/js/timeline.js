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
const MOST_TOLD = 4;
/** The size of a word in root ems, as the style sheet has it; a Latin letter is about so wide, another one whole; room between words. */
const [WORD_SIZE, LATIN_WIDTH, APART] = [0.9375, 0.55, 0.75];

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
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) / Math.max(1, this.#marks.clientWidth);
    const marks = steps
      .map((step, index) => ({ step, place: (index + 0.5) / steps.length, rank: KINDS.findIndex((kind) => step[kind] > 0) }))
      .filter(({ rank }) => rank >= 0)
      .map((mark) => ({ ...mark, ...extent(mark, rem) }));
    const rarest = [...marks].sort((a, b) => a.rank - b.rank || b.place - a.place);
    const written = new Set(apart(rarest));
    fillRows(this.#marks, marks, newMark, (mark, each) => {
      mark.style.setProperty('--place', String(each.place));
      mark.dataset.kind = KINDS[each.rank];
      mark.dataset.side = each.side;
      mark.dataset.ahead = String(each.step.ts > now);
      setText(mark, written.has(each) ? say(WORDS[KINDS[each.rank]]) : '');
    });
    const told = rarest.filter(({ step }) => step.ts <= now).slice(0, MOST_TOLD);
    told.sort((a, b) => b.place - a.place);
    const texts = told.length === 0 ? [say(this.#none)] : told.flatMap(({ step }) => textsOf(step));
    fillRows(this.#told, texts, () => element('span'), (place, text) => setText(place, text));
  }
}

const newMark = () => element('li', {});

/** One text a kind, the first with the time, so that a line too short for all ends between two of them. */
const textsOf = (step) =>
  KINDS.filter((kind) => step[kind] > 0).map((kind, index) => {
    const text = `${say(WORDS[kind])} ×${format.count(step[kind])} `;
    return index === 0 ? `${format.minute(step.ts)} ${text}` : text;
  });

/** From where to where the mark's word would reach, as parts of the whole width, and on which side of the mark it has room. */
function extent({ place, rank }, rem) {
  const letters = Array.from(say(WORDS[KINDS[rank]]));
  const ems = letters.reduce((sum, letter) => sum + (letter < '\u2e80' ? LATIN_WIDTH : 1), APART);
  const width = ems * WORD_SIZE * rem;
  const side = place + width > 1 ? 'left' : 'right';
  return side === 'left' ? { side, start: place - width, end: place } : { side, start: place, end: place + width };
}

/** Of the marks, in that order, those that leave each other room for a word; the commonest kind has none. */
function apart(marks) {
  const taken = [];
  for (const mark of marks) {
    const hasRoom = mark.start >= 0 && taken.every((other) => other.end <= mark.start || mark.end <= other.start);
    if (hasRoom && mark.rank < KINDS.length - 1) {
      taken.push(mark);
    }
  }
  return taken;
}
