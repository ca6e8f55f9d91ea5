/** The moment the numbers stand for, moving between frames and standing still once the connection is lost. */

import * as format from './format.js';
import { setText } from './dom.js';
import { say } from './words.js';

const TURN_MILLIS = 200;
/** The server speaks at least this often, so the clock may run ahead of its last word by no more. */
const LONGEST_GAP_MILLIS = 5000;

export class Clock {
  #page = document.body;
  #time = document.querySelector('#as-of');
  #day = document.querySelector('#as-of-day');
  #status = document.querySelector('#connection');
  #banner = document.querySelector('#lost');
  #asOf = null;
  #heardAt = 0;
  #lostAt = null;
  #refusal = null;

  start() {
    this.#page.dataset.connection = 'connecting';
    setText(this.#status, say('connecting'));
    setInterval(() => this.#turn(), TURN_MILLIS);
  }

  /** A frame said what moment it stands for. */
  heard(asOf) {
    if (this.#asOf === null || asOf >= this.#asOf || this.#lostAt !== null) {
      this.#asOf = asOf;
      this.#heardAt = performance.now();
      this.#page.dataset.asOf = String(asOf);
    }
  }

  /** The feed's connection changed. */
  connection(status, code) {
    this.#page.dataset.connection = status;
    setText(this.#status, say(status));
    if (status === 'live') {
      this.#lostAt = null;
      this.#refusal = null;
    } else {
      this.#lostAt ??= performance.now();
      this.#refusal = code === 4401 || code === 4403 || code === 1008 ? code : null;
    }
    this.#turn();
  }

  #turn() {
    const now = performance.now();
    if (this.#asOf !== null) {
      const ahead = this.#lostAt === null ? Math.min(now - this.#heardAt, LONGEST_GAP_MILLIS) : 0;
      const shown = this.#asOf + Math.max(0, ahead);
      setText(this.#time, format.time(shown));
      setText(this.#day, `${format.day(shown)} ${format.zone(shown)}`);
      this.#time.dateTime = new Date(shown).toISOString();
    }
    this.#banner.hidden = this.#lostAt === null;
    if (this.#lostAt !== null) {
      setText(this.#banner, this.#lostText((now - this.#lostAt) / 1000));
    }
  }

  #lostText(seconds) {
    return this.#refusal === null
      ? say('lostFor', format.duration(Math.floor(seconds)), format.time(this.#asOf))
      : say('refused', this.#refusal);
  }
}
