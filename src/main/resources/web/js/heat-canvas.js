/** The map of more groups than there can be tiles: painted cells, reached by pointer and by the arrow keys. */

import { address, pageLink } from './address.js';
import { element } from './dom.js';

const KEYS = new Set(['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'Home', 'End']);
const SMALLEST = 6;
const LARGEST = 24;
const HEAD = 22;
/** How much of its cell a state fills, so that states differ without colour; a silent group is hollow. */
const FILL = { LIVELY: 1, NORMAL: 0.75, QUIET: 0.5, SILENT: 1, DEAD: 0.3, UNKNOWN: 0.3 };

export class HeatCanvas {
  #root;
  #onPoint;
  #canvas = element('canvas', { tabindex: '0', role: 'application' });
  #pen = this.#canvas.getContext('2d');
  #sections = [];
  #cells = [];
  #places = [];
  #size = SMALLEST;
  #chosen = -1;

  /** @param onPoint called with the cell that is pointed at or chosen by key */
  constructor(root, label, onPoint) {
    this.#root = root;
    this.#onPoint = onPoint;
    this.#canvas.setAttribute('aria-label', label);
    root.append(this.#canvas);
    this.#canvas.addEventListener('pointermove', (event) => this.#point(this.#at(event)));
    this.#canvas.addEventListener('click', (event) => this.#open(this.#at(event)));
    this.#canvas.addEventListener('keydown', (event) => this.#pressed(event));
  }

  show(sections) {
    const chosen = this.#cells[this.#chosen]?.group;
    this.#cells = sections.flatMap(({ cells }) => cells);
    this.#chosen = this.#cells.findIndex((cell) => cell.group === chosen);
    this.#sections = sections;
    this.#layOut();
    this.#paint();
    this.#canvas.dataset.cells = String(this.#cells.length);
  }

  /** As large as fits the window's height, within limits; what does not fit makes the page scroll. */
  #layOut() {
    const sections = this.#sections;
    const width = this.#root.clientWidth;
    const room = width * Math.max(300, innerHeight - this.#root.getBoundingClientRect().top - sections.length * HEAD);
    const size = Math.floor(Math.sqrt(room / Math.max(1, this.#cells.length)));
    this.#size = Math.max(SMALLEST, Math.min(LARGEST, size));
    const columns = Math.max(1, Math.floor(width / this.#size));
    this.#places = [];
    let top = 0;
    for (const section of sections) {
      section.top = top;
      top += HEAD;
      section.cells.forEach((_, index) =>
        this.#places.push({ x: (index % columns) * this.#size, y: top + Math.floor(index / columns) * this.#size }),
      );
      top += Math.ceil(section.cells.length / columns) * this.#size;
    }
    this.#canvas.width = width * devicePixelRatio;
    this.#canvas.height = top * devicePixelRatio;
    this.#canvas.style.height = `${top}px`;
    this.#pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  }

  #paint() {
    this.#pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const style = getComputedStyle(this.#root);
    const colour = (name) => style.getPropertyValue(`--heat-${name}`);
    this.#pen.font = `14px ${style.fontFamily}`;
    this.#pen.textBaseline = 'middle';
    this.#pen.fillStyle = style.color;
    for (const { path, cells, top } of this.#sections) {
      this.#pen.fillText(`${path} · ${cells.length}`, 0, top + HEAD / 2);
    }
    this.#cells.forEach((cell, index) => this.#paintCell(cell, this.#places[index], colour));
    if (this.#chosen >= 0) {
      const { x, y } = this.#places[this.#chosen];
      this.#pen.strokeStyle = style.getPropertyValue('--focus');
      this.#pen.lineWidth = 3;
      this.#pen.strokeRect(x, y, this.#size, this.#size);
    }
  }

  #paintCell({ state, step }, { x, y }, colour) {
    const side = this.#size - 1;
    const height = Math.max(1, Math.round(side * (step === null ? FILL[state] : (step + 1) / 6)));
    this.#pen.fillStyle = colour(step === null ? state.toLowerCase() : `step-${step}`);
    this.#pen.fillRect(x, y + side - height, side, height);
    if (step === null && state === 'SILENT') {
      this.#pen.clearRect(x + 2, y + 2, side - 4, side - 4);
    }
  }

  #at({ offsetX, offsetY }) {
    return this.#places.findIndex(
      ({ x, y }) => offsetX >= x && offsetX < x + this.#size && offsetY >= y && offsetY < y + this.#size,
    );
  }

  #point(index) {
    if (index >= 0 && index < this.#cells.length) {
      this.#onPoint(this.#cells[index]);
    }
  }

  #open(index) {
    if (index >= 0 && !address.masked) {
      location.assign(pageLink('group.html', { group: this.#cells[index].group }));
    }
  }

  #pressed(event) {
    if (event.key === 'Enter') {
      this.#open(this.#chosen);
    } else if (KEYS.has(event.key) && this.#cells.length > 0) {
      event.preventDefault();
      this.#chosen = this.#chosen < 0 ? 0 : this.#next(event.key);
      this.#paint();
      this.#reveal();
      this.#point(this.#chosen);
    }
  }

  #next(key) {
    switch (key) {
      case 'ArrowRight':
        return Math.min(this.#cells.length - 1, this.#chosen + 1);
      case 'ArrowLeft':
        return Math.max(0, this.#chosen - 1);
      case 'ArrowDown':
        return this.#inRowBeside(1);
      case 'ArrowUp':
        return this.#inRowBeside(-1);
      case 'Home':
        return 0;
      default:
        return this.#cells.length - 1;
    }
  }

  /** The cell of the next row, or the one before, that is nearest in place: rows of two sections are of different lengths. */
  #inRowBeside(step) {
    const { x, y } = this.#places[this.#chosen];
    let at = this.#chosen;
    while (this.#places[at]?.y === y) {
      at += step;
    }
    const row = this.#places[at]?.y;
    let nearest = this.#chosen;
    for (; row !== undefined && this.#places[at]?.y === row; at += step) {
      if (nearest === this.#chosen || Math.abs(this.#places[at].x - x) < Math.abs(this.#places[nearest].x - x)) {
        nearest = at;
      }
    }
    return nearest;
  }

  /** Brings the chosen cell into the window where the map is higher than that. */
  #reveal() {
    const top = this.#canvas.getBoundingClientRect().top + this.#places[this.#chosen].y;
    if (top < 0 || top + this.#size > innerHeight) {
      scrollBy(0, top - innerHeight / 2);
    }
  }
}
