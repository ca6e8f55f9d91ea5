/** Client of the live feed: one socket, many topics, no gap unnoticed. */

import { currentToken, tokenAfter } from './credential.js';
import { mergePatch } from './merge-patch.js';

const PROTOCOL = 'grouppulse.v1';
/** A connection on which nothing came for so long is asked whether it is still there. */
const PING_AFTER_MILLIS = 1000;
/** So long without an answer, and what is shown is no longer taken for the present: grey, turn and fade included, within 3 s. */
const LOST_AFTER_MILLIS = 2250;
/** So long, and a new connection is made: a server that only paused keeps the one it has. */
const DROP_AFTER_MILLIS = 8000;
const RESYNC_MILLIS = 3000;
const WATCH_MILLIS = 250;
const FIRST_RETRY_MILLIS = 500;
const LONGEST_RETRY_MILLIS = 10_000;
/** The server asked for patience or said no: come back, but slowly. */
const PATIENT_CODES = new Set([1008, 1013, 4403]);
/** The server asks who we are, or does not believe it any more. */
const UNAUTHENTICATED = 4401;

/** One subscription and the state that its frames add up to. */
class Topic {
  constructor(name, every, listener) {
    this.name = name;
    this.every = every;
    this.listener = listener;
    this.epoch = null;
    this.seq = null;
    this.data = undefined;
    this.fresh = false;
    this.resyncAt = null;
  }

  /** Takes a frame in; false if a frame before it is missing. */
  take(frame) {
    switch (frame.kind) {
      case 'snapshot':
        this.epoch = frame.epoch;
        this.data = frame.data;
        return this.#reached(frame);
      case 'delta':
        if (this.seq === null || frame.seq !== this.seq + 1) {
          return false;
        }
        this.data = mergePatch(this.data, frame.data);
        return this.#reached(frame);
      case 'append':
        if (this.seq === null || frame.seq <= this.seq) {
          return false;
        }
        return this.#reached(frame);
      case 'tick':
        return this.seq !== null && (frame.seq === undefined || frame.seq === this.seq);
      default:
        return true;
    }
  }

  forget() {
    this.epoch = null;
    this.seq = null;
  }

  #reached(frame) {
    this.seq = frame.seq;
    return true;
  }
}

/** Keeps its topics in step with the server and reconnects for ever, with growing, jittered pauses. */
export class FeedClient {
  #url;
  #onStatus;
  #topics = new Map();
  #socket = null;
  #status = 'connecting';
  #lastFrameAt = 0;
  #pinged = false;
  #attempt = 0;
  #token = null;

  /** @param onStatus called with 'live' or 'lost', and the close code where there is one */
  constructor(url, onStatus) {
    this.#url = url;
    this.#onStatus = onStatus;
  }

  /** The listener gets every frame that was applied, and the topic's whole state after it. */
  subscribe(name, every, listener) {
    const topic = new Topic(name, every, listener);
    this.#topics.set(name, topic);
    this.#ask(topic);
  }

  /** Its listener gets nothing more. */
  unsubscribe(name) {
    if (this.#topics.delete(name)) {
      this.#send({ op: 'unsubscribe', topic: name });
    }
  }

  open() {
    this.#connect();
    setInterval(() => this.#watch(), WATCH_MILLIS);
    addEventListener('offline', () => this.#drop());
    // Timers hardly turn in a page that nobody sees.
    document.addEventListener('visibilitychange', () => this.#watch());
  }

  #connect() {
    const socket = new WebSocket(this.#url, PROTOCOL);
    this.#socket = socket;
    this.#heard();
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', (event) => {
      if (socket === this.#socket) {
        this.#received(event.data);
      }
    });
    socket.addEventListener('close', (event) => {
      if (socket === this.#socket) {
        this.#closed(event.code);
      }
    });
  }

  #opened() {
    this.#heard();
    this.#token = currentToken();
    if (this.#token !== null) {
      this.#send({ op: 'auth', token: this.#token });
    }
    for (const topic of this.#topics.values()) {
      topic.fresh = false;
      this.#ask(topic);
    }
  }

  #ask(topic) {
    const request = { op: 'subscribe', topic: topic.name, every: topic.every };
    if (topic.epoch !== null) {
      request.since = { epoch: topic.epoch, seq: topic.seq };
    }
    topic.resyncAt = null;
    this.#send(request);
  }

  #received(text) {
    this.#heard();
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      this.#drop();
      return;
    }
    if (frame.op === 'pong') {
      this.#revive();
      return;
    }
    const topic = this.#topics.get(frame.topic);
    if (topic === undefined) {
      return;
    }
    if (frame.op === 'error') {
      topic.listener({ kind: 'error', code: frame.code, detail: frame.detail }, undefined);
    } else if (topic.take(frame)) {
      topic.resyncAt = null;
      topic.listener(frame, topic.data);
    } else {
      this.#resync(topic);
      return;
    }
    topic.fresh = true;
    this.#revive();
  }

  /** Once every topic is in step again, what is shown is the present. */
  #revive() {
    if (this.#status !== 'live' && [...this.#topics.values()].every((each) => each.fresh)) {
      this.#attempt = 0;
      this.#tell('live');
    }
  }

  /** A frame is missing: asks for what followed the last good one, or, if that did not come, for everything. */
  #resync(topic) {
    const now = performance.now();
    if (topic.resyncAt !== null && now - topic.resyncAt < RESYNC_MILLIS) {
      return;
    }
    if (topic.resyncAt !== null) {
      topic.forget();
    }
    this.#send({ op: 'unsubscribe', topic: topic.name });
    this.#ask(topic);
    topic.resyncAt = now;
  }

  #watch() {
    if (this.#socket === null) {
      return;
    }
    const silence = performance.now() - this.#lastFrameAt;
    if (silence > DROP_AFTER_MILLIS) {
      this.#drop();
      return;
    }
    if (silence > LOST_AFTER_MILLIS && this.#status === 'live') {
      this.#tell('lost');
    }
    if (silence > PING_AFTER_MILLIS && !this.#pinged) {
      this.#pinged = true;
      this.#send({ op: 'ping', n: Math.round(performance.now()) });
    }
  }

  #drop() {
    const socket = this.#socket;
    if (socket !== null) {
      this.#closed(undefined);
      socket.close();
    }
  }

  #closed(code) {
    this.#socket = null;
    this.#tell('lost', code);
    if (code === UNAUTHENTICATED) {
      tokenAfter(this.#token).then(() => this.#connect());
      return;
    }
    const longest = Math.min(LONGEST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** this.#attempt);
    const pause = PATIENT_CODES.has(code) ? LONGEST_RETRY_MILLIS : longest;
    this.#attempt += 1;
    setTimeout(() => this.#connect(), pause * (0.5 + Math.random() / 2));
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #heard() {
    this.#lastFrameAt = performance.now();
    this.#pinged = false;
  }

  #tell(status, code) {
    this.#status = status;
    this.#onStatus(status, code);
  }
}
