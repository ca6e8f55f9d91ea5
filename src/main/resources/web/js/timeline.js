/** What operators did in the last hour, minute by minute, beneath the orders it may have set off. */

import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 15_000;
const MINUTE_MILLIS = 60_000;
const MINUTES = 60;
/** What is shown of a minute in which several things were done, the rarest first. */
const WORDS = {
  'flash.started': 'markFlash',
  'live.started': 'markLive',
  'redpacket.sent': 'markRedPacket',
  'broadcast.sent': 'markBroadcast',
  'share.posted': 'markShare',
};
const KINDS = Object.keys(WORDS);
/** Words less than so many minutes apart would be written over each other. */
const LEAST_APART = 10;
/** From here on a word stands to the left of its mark, else it would leave the panel. */
const NEAR_THE_END = 50;
const MOST_ASKED = '1000';
const MOST_TOLD = 4;

export class Timeline {
  #org;
  #marks = document.querySelector('#timeline');
  #told = document.querySelector('#timeline-told');
  /** By minute how often each kind was done in it. */
  #minutes = new Map();

  constructor(org) {
    this.#org = org;
  }

  start() {
    pollWhileVisible(this.#marks.parentElement, EVERY_MILLIS, () => this.#load());
  }

  /** All of the hour at first, then what came since the minute before the newest that is known. */
  async #load() {
    const latest = Math.max(...this.#minutes.keys());
    const now = Number(document.body.dataset.asOf ?? Date.now());
    const from = Math.max(startOf(now) - (MINUTES - 1) * MINUTE_MILLIS, latest - MINUTE_MILLIS);
    try {
      const { items, asOf } = await query('api/v1/stimuli', {
        scope: `org:${this.#org}`,
        span: '1m',
        from,
        limit: MOST_ASKED,
        fields: 'ts,type',
      });
      this.#marks.dataset.stale = 'false';
      this.#take(items, from, startOf(asOf));
      this.#show(startOf(asOf));
    } catch {
      this.#marks.dataset.stale = 'true';
    }
  }

  #take(items, from, newest) {
    for (const minute of [...this.#minutes.keys()]) {
      if (minute >= from || minute <= newest - MINUTES * MINUTE_MILLIS) {
        this.#minutes.delete(minute);
      }
    }
    for (const { ts, type } of items.filter(({ type }) => KINDS.includes(type))) {
      const minute = startOf(ts);
      const counts = this.#minutes.get(minute) ?? new Map();
      counts.set(type, (counts.get(type) ?? 0) + 1);
      this.#minutes.set(minute, counts);
    }
  }

  #show(newest) {
    const minutes = [...this.#minutes].sort(([a], [b]) => b - a);
    const marks = minutes.map(([minute, counts]) => ({
      place: MINUTES - 1 - (newest - minute) / MINUTE_MILLIS,
      kind: KINDS.find((kind) => counts.has(kind)),
    }));
    const written = new Set(apart(marks));
    fillRows(this.#marks, marks, newMark, (mark, each) => {
      mark.style.setProperty('--place', String((each.place + 0.5) / MINUTES));
      mark.dataset.kind = each.kind;
      mark.dataset.side = each.place >= NEAR_THE_END ? 'left' : 'right';
      setText(mark, written.has(each) ? say(WORDS[each.kind]) : '');
    });
    const told = minutes.slice(0, MOST_TOLD).map(([minute, counts]) => `${format.minute(minute)} ${textOf(counts)}`);
    setText(this.#told, told.length === 0 ? say('noStimuli') : told.join(' · '));
  }
}

const newMark = () => element('li', {});

const startOf = (ts) => Math.floor(ts / MINUTE_MILLIS) * MINUTE_MILLIS;

const textOf = (counts) =>
  KINDS.filter((kind) => counts.has(kind))
    .map((kind) => `${say(WORDS[kind])} ×${format.count(counts.get(kind))}`)
    .join(' ');

/** Of the marks, the rarest first, those that leave each other room for a word. */
function apart(marks) {
  const taken = [];
  for (const mark of [...marks].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.place - a.place)) {
    const hasRoom = taken.every(({ place }) => Math.abs(place - mark.place) >= LEAST_APART);
    if (hasRoom && mark.kind !== KINDS.at(-1)) {
      taken.push(mark);
    }
  }
  return taken;
}
