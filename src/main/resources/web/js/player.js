/** Goes through a stretch of time at some speed; waits wherever what is to be shown is not there yet. */

const TURN_MILLIS = 100;
/** A page that was behind or asleep goes on from where it was, not from where it would be. */
const LONGEST_TURN_MILLIS = 1000;

export class Player {
  #source;
  #onMove;
  #at;
  #wanted;
  #speed = 1;
  #playing = false;
  #turnedAt = 0;
  #fetching = false;

  /**
   * @param source  with `from`, `to`, `isReady(t)` and `fetch(t)`
   * @param onMove  called with the moment left, the moment reached, and whether it was a leap; and after each change
   */
  constructor(source, at, onMove) {
    this.#source = source;
    this.#onMove = onMove;
    this.#at = source.from;
    this.#wanted = this.#clamped(at);
    setInterval(() => this.#turn(), TURN_MILLIS);
  }

  get at() {
    return this.#at;
  }

  get isPlaying() {
    return this.#playing;
  }

  set speed(speed) {
    this.#speed = speed;
  }

  /** Begins anew where it had come to the end. */
  play() {
    if (this.#at >= this.#source.to) {
      this.seek(this.#source.from);
    }
    this.#playing = true;
    this.#turnedAt = performance.now();
  }

  pause() {
    this.#playing = false;
  }

  seek(t) {
    this.#wanted = this.#clamped(t);
    this.#turn();
  }

  #turn() {
    const now = performance.now();
    const passed = Math.min(LONGEST_TURN_MILLIS, now - this.#turnedAt);
    this.#turnedAt = now;
    const leap = this.#wanted !== null;
    const next = leap ? this.#wanted : this.#clamped(this.#at + (this.#playing ? passed * this.#speed : 0));
    if (!leap && next === this.#at) {
      return;
    }
    if (!this.#source.isReady(next)) {
      this.#fetch(next);
      return;
    }
    const left = this.#at;
    this.#at = next;
    this.#wanted = null;
    this.#playing &&= next < this.#source.to;
    this.#onMove(left, next, leap);
    this.#source.fetch(next).catch(() => {});
  }

  async #fetch(t) {
    if (this.#fetching) {
      return;
    }
    this.#fetching = true;
    try {
      await this.#source.fetch(t);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, LONGEST_TURN_MILLIS));
    } finally {
      this.#fetching = false;
    }
  }

  #clamped(t) {
    return Math.min(this.#source.to, Math.max(this.#source.from, t));
  }
}
