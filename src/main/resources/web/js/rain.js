/** Order rain: each paid order falls as a drop, sized by its amount, named where there is room. */

import { address } from './address.js';
import { LARGEST, palette, RainLabels, RainSprites } from './rain-style.js';

const FALL_SECONDS = 2.4;
const SPLASH_SECONDS = 0.5;
const MOST_PER_SECOND = 300;
const LEAST_PER_SECOND = 4;
const DRAIN_SECONDS = 0.4;
const LONGEST_STEP_SECONDS = 0.05;
/** In units of the page's root font size. */
const LANE_WIDTH = 11;
const LABEL_HEIGHT = 4;
const GROUND = 1.4;
const SKY = 2;

/** 2 to the largest, from a few yuan to ten thousand. */
const sizeOf = (minor) =>
  address.masked || minor === null ? 4 : Math.min(LARGEST, Math.max(2, Math.round(2 * Math.log10(minor / 100 + 1))));

/** To whole pixels: between them every pixel of an image would be mixed anew from four. */
const copy = (pen, image, x, y) => pen.drawImage(image, Math.round(x), Math.round(y));

export class Rain {
  #canvas;
  #pen;
  #onOverflow;
  #queue = [];
  #drops = [];
  #splashes = [];
  #lanes = [];
  #unit = 16;
  #sprites = null;
  #labels = null;
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
    if (!this.#running && this.#sprites !== null) {
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
    this.#sprites = new RainSprites(this.#unit);
    this.#labels = new RainLabels(this.#unit, this.#canvas.width / this.#lanes.length - 2.6 * this.#unit);
    this.#draw();
    this.#run();
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
        this.#landOne(drop);
      }
    }
    for (const splash of this.#splashes) {
      splash.age += seconds / SPLASH_SECONDS;
    }
    this.#drops = this.#drops.filter((drop) => drop.y < ground);
    this.#splashes = this.#splashes.filter((splash) => splash.age < 1);
    this.#canvas.dataset.drops = String(this.#landed);
  }

  #landOne(drop) {
    this.#splashes.push({ x: drop.x, size: drop.size, age: 0 });
    this.#landed += 1;
    if (drop.label !== null) {
      this.#labels.release(drop.label);
    }
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
      drop.label = this.#labels.paint(order.amountText, order.name);
      this.#lanes[lane] = drop;
    }
    return drop;
  }

  #freeLane() {
    const clear = (LABEL_HEIGHT - SKY) * this.#unit;
    const free = [...this.#lanes.keys()].filter((lane) => (this.#lanes[lane]?.y ?? Infinity) > clear);
    return free.length === 0 ? -1 : free[Math.floor(Math.random() * free.length)];
  }

  #ground() {
    return this.#canvas.height - GROUND * this.#unit;
  }

  #draw() {
    const pen = this.#pen;
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    pen.fillStyle = palette.ground;
    pen.fillRect(0, this.#ground(), this.#canvas.width, Math.max(1, this.#unit / 12));
    for (const { x, size, age } of this.#splashes) {
      const image = this.#sprites.splash(size, age);
      copy(pen, image, x - image.width / 2, this.#ground() - image.height / 2);
    }
    const faint = Math.max(0.25, Math.min(0.6, 60 / this.#drops.length));
    for (const drop of this.#drops) {
      const { image, centre, head } = this.#sprites.drop(drop.size);
      pen.globalAlpha = drop.label === null ? faint : 1;
      copy(pen, image, drop.x - centre, drop.y - head);
    }
    for (const drop of this.#drops) {
      this.#drawLabel(drop);
    }
    pen.globalAlpha = 1;
  }

  /** Fades in below the top and out above the ground. */
  #drawLabel({ label, x, y }) {
    if (label !== null) {
      const fromEdge = Math.min(y - this.#unit, this.#ground() - y);
      this.#pen.globalAlpha = Math.max(0, Math.min(1, fromEdge / (1.5 * this.#unit)));
      copy(this.#pen, label, x + 0.7 * this.#unit, y - 1.8 * this.#unit);
    }
  }
}
