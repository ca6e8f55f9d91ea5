/** Order rain: each paid order falls as a drop, sized by its amount, named where there is room. */

import { address } from './address.js';
import { plainLabel } from './dom.js';
import { dropSprite, palette } from './rain-style.js';

const FALL_SECONDS = 2.4;
const SPLASH_SECONDS = 0.5;
const MOST_PER_SECOND = 300;
const LEAST_PER_SECOND = 4;
const DRAIN_SECONDS = 0.4;
const LONGEST_STEP_SECONDS = 0.05;
const LONGEST_NAME = 16;
/** In units of the page's root font size. */
const LANE_WIDTH = 11;
const LABEL_HEIGHT = 4;
const GROUND = 1.4;
const SKY = 2;

/** 2 to 8, from a few yuan to ten thousand. */
const sizeOf = (minor) =>
  address.masked || minor === null ? 4 : Math.min(8, Math.max(2, Math.round(2 * Math.log10(minor / 100 + 1))));

export class Rain {
  #canvas;
  #pen;
  #onOverflow;
  #queue = [];
  #drops = [];
  #splashes = [];
  #lanes = [];
  #unit = 16;
  #budget = 0;
  #landed = 0;
  #lastFrameAt = null;
  #running = false;

  /** @param onOverflow called with a number of orders that came too fast to be drawn */
  constructor(canvas, onOverflow) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d');
    this.#onOverflow = onOverflow;
    canvas.dataset.drops = '0';
    new ResizeObserver((entries) => this.#resized(entries.at(-1))).observe(canvas);
    document.addEventListener('visibilitychange', () => this.#pauseOrResume());
  }

  /** Lets these orders fall; each is {amount, amountText, name}. Nothing falls while nobody looks. */
  add(orders) {
    if (document.hidden) {
      return;
    }
    this.#queue.push(...orders);
    const tooMany = this.#queue.length - MOST_PER_SECOND;
    if (tooMany > 0) {
      this.#queue.splice(0, tooMany);
      this.#onOverflow(tooMany);
    }
    this.#run();
  }

  #pauseOrResume() {
    if (document.hidden) {
      this.#queue.length = 0;
      this.#running = false;
    } else {
      this.#run();
    }
  }

  #run() {
    if (!this.#running) {
      this.#running = true;
      this.#lastFrameAt = null;
      this.#budget = 1;
      requestAnimationFrame((now) => this.#frame(now));
    }
  }

  #resized(entry) {
    const ratio = devicePixelRatio;
    this.#canvas.width = Math.round(entry.contentRect.width * ratio);
    this.#canvas.height = Math.round(entry.contentRect.height * ratio);
    this.#unit = parseFloat(getComputedStyle(document.documentElement).fontSize) * ratio;
    this.#lanes = new Array(Math.max(1, Math.floor(this.#canvas.width / (LANE_WIDTH * this.#unit)))).fill(null);
    this.#draw();
  }

  #frame(now) {
    if (!this.#running) {
      return;
    }
    const elapsed = this.#lastFrameAt === null ? 0 : (now - this.#lastFrameAt) / 1000;
    this.#lastFrameAt = now;
    this.#step(Math.min(elapsed, LONGEST_STEP_SECONDS));
    this.#draw();
    if (this.#queue.length + this.#drops.length + this.#splashes.length > 0) {
      requestAnimationFrame((next) => this.#frame(next));
    } else {
      this.#running = false;
    }
  }

  #step(seconds) {
    this.#release(seconds);
    const ground = this.#ground();
    for (const drop of this.#drops) {
      drop.y += drop.speed * this.#canvas.height * seconds;
      if (drop.y >= ground) {
        this.#splashes.push({ x: drop.x, size: drop.size, age: 0 });
        this.#landed += 1;
      }
    }
    for (const splash of this.#splashes) {
      splash.age += seconds / SPLASH_SECONDS;
    }
    this.#drops = this.#drops.filter((drop) => drop.y < ground);
    this.#splashes = this.#splashes.filter((splash) => splash.age < 1);
    this.#canvas.dataset.drops = String(this.#landed);
  }

  /** Orders come in batches and fall one by one. */
  #release(seconds) {
    const perSecond = Math.min(MOST_PER_SECOND, Math.max(LEAST_PER_SECOND, this.#queue.length / DRAIN_SECONDS));
    this.#budget = Math.min(this.#budget + perSecond * seconds, this.#queue.length);
    while (this.#budget >= 1) {
      this.#budget -= 1;
      this.#drops.push(this.#dropOf(this.#queue.shift()));
    }
  }

  #dropOf(order) {
    const lane = address.masked ? -1 : this.#freeLane();
    const width = this.#canvas.width;
    const drop = {
      y: -SKY * this.#unit,
      speed: 1 / FALL_SECONDS,
      size: sizeOf(order.amount),
      label: null,
    };
    if (lane < 0) {
      drop.x = width * (0.02 + 0.96 * Math.random());
      drop.speed *= 0.85 + 0.4 * Math.random();
    } else {
      const laneWidth = width / this.#lanes.length;
      drop.x = laneWidth * lane + this.#unit * (1 + Math.random());
      drop.label = this.#labelOf(order, laneWidth - 4 * this.#unit);
      this.#lanes[lane] = drop;
    }
    return drop;
  }

  #freeLane() {
    const clear = (LABEL_HEIGHT - SKY) * this.#unit;
    const free = [...this.#lanes.keys()].filter((lane) => (this.#lanes[lane]?.y ?? Infinity) > clear);
    return free.length === 0 ? -1 : free[Math.floor(Math.random() * free.length)];
  }

  #labelOf(order, room) {
    this.#pen.font = palette.nameFont(this.#unit);
    let length = LONGEST_NAME;
    let name = plainLabel(order.name, length);
    while (length > 2 && this.#pen.measureText(name).width > room) {
      length -= 1;
      name = plainLabel(order.name, length);
    }
    return { amount: order.amountText, name };
  }

  #ground() {
    return this.#canvas.height - GROUND * this.#unit;
  }

  #draw() {
    const pen = this.#pen;
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    pen.fillStyle = palette.ground;
    pen.fillRect(0, this.#ground(), this.#canvas.width, Math.max(1, this.#unit / 12));
    for (const splash of this.#splashes) {
      this.#drawSplash(splash);
    }
    const faint = Math.max(0.25, Math.min(0.6, 60 / this.#drops.length));
    for (const drop of this.#drops) {
      pen.globalAlpha = drop.label === null ? faint : 1;
      this.#drawDrop(drop);
    }
    for (const drop of this.#drops) {
      this.#drawLabel(drop);
    }
    pen.globalAlpha = 1;
  }

  #drawDrop(drop) {
    const sprite = dropSprite(drop.size, this.#unit);
    this.#pen.drawImage(sprite.image, drop.x - sprite.centre, drop.y - sprite.head);
  }

  #drawLabel(drop) {
    if (drop.label === null) {
      return;
    }
    const pen = this.#pen;
    const fromEdge = Math.min(drop.y - this.#unit, this.#ground() - drop.y);
    pen.globalAlpha = Math.max(0, Math.min(1, fromEdge / (1.5 * this.#unit)));
    const left = drop.x + this.#unit * 0.9;
    pen.font = palette.amountFont(this.#unit);
    this.#write(drop.label.amount, palette.money, left, drop.y - 0.3 * this.#unit);
    pen.font = palette.nameFont(this.#unit);
    this.#write(drop.label.name, palette.name, left, drop.y + 0.95 * this.#unit);
  }

  /** Text with a dark rim, so that it can be read in a downpour. */
  #write(text, colour, x, y) {
    const pen = this.#pen;
    pen.lineJoin = 'round';
    pen.lineWidth = 0.35 * this.#unit;
    pen.strokeStyle = palette.back;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  }

  #drawSplash(splash) {
    const pen = this.#pen;
    const reach = this.#unit * (0.3 + splash.size * 0.22) * (0.3 + splash.age);
    pen.globalAlpha = 0.8 * (1 - splash.age);
    pen.strokeStyle = palette.money;
    pen.lineWidth = Math.max(1, this.#unit / 10);
    pen.beginPath();
    pen.ellipse(splash.x, this.#ground(), reach, reach * 0.28, 0, 0, 2 * Math.PI);
    pen.stroke();
  }
}
