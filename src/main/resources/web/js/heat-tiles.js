/** The map of up to some thousand groups: a tile each, reached by pointer, by Tab and by the arrow keys. */

import { address, linkTo, pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { stateShape } from './states.js';

/** What the side of a tile may be, in root ems. */
const SIDES = [3.25, 2.75, 2.25, 1.875, 1.625, 1.375];
/** On a screen that is scrolled anyway tiles are for fingers, unless they are very many. */
const [FINGER_SIDE, LEAST_SIDE, MOST_FOR_FINGERS] = [2.25, SIDES.at(-1), 500];
const wide = matchMedia('(min-width: 1200px)');

export class HeatTiles {
  #root;
  #onPoint;
  #tabStop = null;
  #fitted = '';

  /** @param onPoint called with the cell that is pointed at or focused */
  constructor(root, onPoint) {
    this.#root = root;
    this.#onPoint = onPoint;
    root.addEventListener('pointerover', (event) => this.#pointed(event.target));
    root.addEventListener('focusin', (event) => this.#focused(event.target));
    root.addEventListener('keydown', (event) => this.#pressed(event));
    addEventListener('resize', () => this.#fit());
  }

  show(sections) {
    fillRows(this.#root, sections, newSection, (target, section) => this.#showSection(target, section));
    if (this.#tabStop === null || !this.#tabStop.isConnected) {
      this.#stopAt(this.#tiles()[0] ?? null);
    }
    this.#fit();
  }

  /** Makes the tiles as large as lets all of them be seen at once. */
  #fit() {
    const count = this.#tiles().length;
    const wanted = [count, innerWidth, innerHeight].join(' ');
    if (wanted === this.#fitted) {
      return;
    }
    this.#fitted = wanted;
    const sides = wide.matches ? SIDES : [count <= MOST_FOR_FINGERS ? FINGER_SIDE : LEAST_SIDE];
    sides.find((side) => {
      this.#root.style.setProperty('--side', `${side}rem`);
      return document.documentElement.scrollHeight <= innerHeight;
    });
  }

  #showSection(target, { path, cells }) {
    const [head, list] = target.children;
    const [link, count] = head.children;
    link.href = linkTo({ org: path });
    setText(link.firstElementChild, path === '' ? '·' : path);
    setText(count, format.count(cells.length));
    fillRows(list, cells, newTile, (item, cell) => showTile(item.firstElementChild, cell));
  }

  #tiles() {
    return [...this.#root.querySelectorAll('.heat-tile')];
  }

  #pointed(target) {
    const tile = target.closest('.heat-tile');
    if (tile !== null) {
      this.#onPoint(tile.cell);
    }
  }

  #focused(target) {
    if (target.matches('.heat-tile')) {
      this.#stopAt(target);
      this.#onPoint(target.cell);
    }
  }

  #stopAt(tile) {
    this.#tabStop?.setAttribute('tabindex', '-1');
    tile?.setAttribute('tabindex', '0');
    this.#tabStop = tile;
  }

  #pressed(event) {
    const tiles = this.#tiles();
    const here = tiles.indexOf(event.target);
    const next = here < 0 ? undefined : tiles[nextIndex(tiles, here, event.key)];
    if (next !== undefined) {
      event.preventDefault();
      next.focus();
    }
  }
}

function nextIndex(tiles, here, key) {
  switch (key) {
    case 'ArrowRight':
      return here + 1;
    case 'ArrowLeft':
      return here - 1;
    case 'Home':
      return 0;
    case 'End':
      return tiles.length - 1;
    case 'ArrowDown':
      return nextRow(tiles, here, 1);
    case 'ArrowUp':
      return nextRow(tiles, here, -1);
    default:
      return -1;
  }
}

/** The tile in the next row that way which is nearest to being right above or below. */
function nextRow(tiles, here, way) {
  const from = tiles[here].getBoundingClientRect();
  let best = -1;
  let bestTop = null;
  let bestGap = Infinity;
  for (let at = here + way; at >= 0 && at < tiles.length; at += way) {
    const { top, left } = tiles[at].getBoundingClientRect();
    if ((top - from.top) * way > 1 && (bestTop === null || Math.abs(top - bestTop) < 1)) {
      bestTop = top;
      if (Math.abs(left - from.left) < bestGap) {
        bestGap = Math.abs(left - from.left);
        best = at;
      }
    } else if (bestTop !== null && Math.abs(top - bestTop) >= 1) {
      break;
    }
  }
  return best;
}

function newSection() {
  return element(
    'section',
    { class: 'heat-org' },
    element('h3', {}, element('a', {}, element('bdi')), element('small')),
    element('ul'),
  );
}

/** A link to the group's page; for a visitor, who may not know names, a button that only tells. */
function newTile() {
  const tile = address.masked
    ? element('button', { type: 'button', class: 'heat-tile', tabindex: '-1' })
    : element('a', { class: 'heat-tile', tabindex: '-1' });
  tile.append(element('span', { class: 'shape', 'aria-hidden': 'true' }), element('bdi', { class: 'heat-name' }));
  return element('li', {}, tile);
}

function showTile(tile, cell) {
  tile.cell = cell;
  tile.setAttribute('aria-label', cell.spoken);
  if (cell.step === null) {
    tile.dataset.state = cell.state;
    delete tile.dataset.step;
  } else {
    tile.dataset.step = String(cell.step);
    delete tile.dataset.state;
  }
  setText(tile.firstElementChild, cell.step === null ? stateShape(cell.state) : String(cell.step));
  setText(tile.lastElementChild, cell.name);
  if (!address.masked) {
    tile.dataset.group = cell.group;
    tile.href = pageLink('group.html', { group: cell.group });
  }
}
