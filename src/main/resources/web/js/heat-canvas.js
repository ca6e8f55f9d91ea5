/** The map of more groups than there can be tiles: painted cells, reached by pointer and by the arrow keys. */

import { address, pageLink } from './address.js';
import { element } from './dom.js';

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
    const columns = Math.max(1, Math.floor(this.#root.clientWidth / this.#size));
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    if (event.key === 'Enter') {
      this.#open(this.#chosen);
    } else if (event.key in steps) {
      event.preventDefault();
      const next = this.#chosen < 0 ? 0 : this.#chosen + steps[event.key];
      this.#chosen = Math.max(0, Math.min(this.#cells.length - 1, next));
      this.#paint();
      this.#point(this.#chosen);
    }
  }
}
