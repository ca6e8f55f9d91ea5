/** How the order rain looks: everything that falls is painted once and then only copied, which is cheap without a graphics card. */

import { plainLabel } from './dom.js';

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const family = style.getPropertyValue('--font').trim();

export const palette = {
  money: colour('--money'),
  name: colour('--text-soft'),
  back: colour('--panel'),
  ground: colour('--line'),
  amountFont: (unit) => `600 ${1.5 * unit}px ${family}`,
  nameFont: (unit) => `400 ${1.05 * unit}px ${family}`,
};

/** The largest drop. */
export const LARGEST = 8;
const LONGEST_NAME = 16;
/** A splash is painted at so many moments of its spreading. */
const SPLASH_STEPS = 8;
const SQUASHED = 0.28;

/** The drops and splashes of every size, painted for that unit. */
export class RainSprites {
  #drops;
  #splashes;

  constructor(unit) {
    const sizes = Array.from({ length: LARGEST + 1 }, (_, size) => size);
    const steps = Array.from({ length: SPLASH_STEPS }, (_, step) => step / SPLASH_STEPS);
    this.#drops = sizes.map((size) => paintDrop(size, unit));
    this.#splashes = sizes.map((size) => steps.map((age) => paintSplash(size, age, unit)));
  }

  /** A drop with its trail: the image, the middle of it and where its head is. */
  drop(size) {
    return this.#drops[size];
  }

  /** A splash on the ground, from age 0 until it is gone at 1. */
  splash(size, age) {
    return this.#splashes[size][Math.floor(age * SPLASH_STEPS)];
  }
}

/** Labels of drops: an image each, taken back when its drop has landed and used again. */
export class RainLabels {
  #unit;
  #width;
  #free = [];

  constructor(unit, width) {
    this.#unit = unit;
    this.#width = Math.max(1, Math.ceil(width));
  }

  /** The amount with the name below it; the baseline of the amount is a unit and a half below the top. */
  paint(amount, name) {
    const unit = this.#unit;
    const image = this.#free.pop() ?? canvasOf(this.#width, 3.2 * unit);
    const pen = image.getContext('2d');
    pen.clearRect(0, 0, image.width, image.height);
    write(pen, amount, palette.amountFont(unit), palette.money, unit, 1.5 * unit);
    pen.font = palette.nameFont(unit);
    write(pen, fitting(pen, name, this.#width - 1.4 * unit), palette.nameFont(unit), palette.name, unit, 2.75 * unit);
    return image;
  }

  /** Gives an image back; one of another unit or width is left to be forgotten. */
  release(image) {
    if (image.width === this.#width) {
      this.#free.push(image);
    }
  }
}

function canvasOf(width, height) {
  const image = document.createElement('canvas');
  image.width = Math.ceil(width);
  image.height = Math.ceil(height);
  return image;
}

/** Text with a dark rim, so that it can be read in a downpour. */
function write(pen, text, font, colour, unit, y) {
  pen.font = font;
  pen.lineJoin = 'round';
  pen.lineWidth = 0.35 * unit;
  pen.strokeStyle = palette.back;
  pen.strokeText(text, 0.2 * unit, y);
  pen.fillStyle = colour;
  pen.fillText(text, 0.2 * unit, y);
}

function fitting(pen, name, room) {
  let length = LONGEST_NAME;
  let label = plainLabel(name, length);
  while (length > 2 && pen.measureText(label).width > room) {
    length -= 1;
    label = plainLabel(name, length);
  }
  return label;
}

function paintSplash(size, age, unit) {
  const reach = unit * (0.3 + size * 0.22) * (0.3 + age);
  const stroke = Math.max(1, unit / 10);
  const image = canvasOf(2 * (reach + stroke), 2 * (reach * SQUASHED + stroke));
  const pen = image.getContext('2d');
  pen.globalAlpha = 0.8 * (1 - age);
  pen.strokeStyle = palette.money;
  pen.lineWidth = stroke;
  pen.beginPath();
  pen.ellipse(image.width / 2, image.height / 2, reach, reach * SQUASHED, 0, 0, 2 * Math.PI);
  pen.stroke();
  return image;
}

function paintDrop(size, unit) {
  const radius = unit * (0.1 + size * 0.055);
  const trail = unit * (1.2 + size * 0.35);
  const image = canvasOf(2 * radius + 2, trail + 2 * radius + 2);
  const pen = image.getContext('2d');
  const centre = image.width / 2;
  const head = trail + radius;
  const fade = pen.createLinearGradient(0, 0, 0, head);
  fade.addColorStop(0, 'transparent');
  fade.addColorStop(1, palette.money);
  pen.fillStyle = fade;
  pen.beginPath();
  pen.moveTo(centre, 0);
  pen.lineTo(centre + radius, head);
  pen.arc(centre, head, radius, 0, Math.PI);
  pen.closePath();
  pen.fill();
  return { image, centre, head };
}
