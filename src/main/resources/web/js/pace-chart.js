/** Lines over the time of a campaign: what was reached by each moment, the even way to the target, an earlier campaign. */

import { address } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const MINUTE_MILLIS = 60_000;
/** More of them could not be told apart. */
export const MOST_POINTS = 240;
const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [1000, 300];

export class PaceChart {
  #svg = svgElement('svg', {
    id: 'pace-line',
    role: 'img',
    'aria-label': say('paceLine'),
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
  });

  constructor(panel) {
    panel.append(
      element('ul', { id: 'pace-legend', 'aria-label': say('legend') }),
      this.#svg,
      element(
        'p',
        { class: 'axis', 'aria-hidden': 'true' },
        ...['pace-from', 'pace-top', 'pace-to'].map((id) => element('span', { id })),
      ),
    );
  }

  /** Says what the lines are of before there are any. */
  entitle({ word }) {
    this.#svg.setAttribute('aria-label', say(word));
    setText(document.querySelector('#pace-title'), say(word));
  }

  /**
   * @param campaign with its bounds and the part of it that has passed
   * @param lines    of {name, text, points}, the first the campaign's own; a point is the part of the time and the sum by then
   */
  draw({ from, to, elapsed }, all, { word, text, target }) {
    const lines = all.filter(({ points }) => points.length > 0);
    const highest = Math.max(1, ...lines.flatMap(({ points }) => points.map(([, value]) => value)));
    fillRows(this.#svg, lines, () => svgElement('polyline', {}), (line, { name, points }) => {
      line.setAttribute('class', name);
      line.setAttribute('points', points.map(([part, value]) => place(part, value / highest)).join(' '));
    });
    const newEntry = () => element('li', {}, element('span', { class: 'stroke', 'aria-hidden': 'true' }), element('span'));
    fillRows(document.querySelector('#pace-legend'), lines, newEntry, (entry, line) => {
      entry.firstElementChild.dataset.line = line.name;
      setText(entry.lastElementChild, line.text);
    });
    setText(document.querySelector('#pace-from'), format.minute(from));
    setText(document.querySelector('#pace-top'), say('highest', text(highest)));
    setText(document.querySelector('#pace-to'), format.minute(to));
    const now = all[0].points.at(-1)?.[1] ?? 0;
    const due = target === undefined ? null : target * elapsed.value;
    this.#svg.setAttribute('aria-label', say('paceSummary', say(word), text(now), text(due)));
  }
}

function svgElement(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  return made;
}

const place = (part, height) => `${(part * WIDTH).toFixed(1)},${((1 - height) * HEIGHT).toFixed(1)}`;

/** Orders where they have a target or money may not be seen, else money. */
export function measureOf({ targets }) {
  const money = targets.orders === undefined && targets.gmv !== undefined && !address.masked;
  return money
    ? { field: 'gmvPaid', word: 'paceLineMoney', text: format.money, target: targets.gmv }
    : { field: 'ordersPaid', word: 'paceLine', text: format.count, target: targets.orders };
}

/** The even way to the target; none where there is no target. */
export function targetLine({ target }) {
  const points = target === undefined ? [] : [[0, 0], [1, target]];
  return { name: 'target', text: say('lineTarget'), points };
}

/** The line of the campaign that this one is compared to; of no points where there is none. */
export async function earlierLine({ compareTo }, { field }) {
  const earlier = compareTo === null ? null : await query(`api/v1/campaigns/${encodeURIComponent(compareTo)}`, {});
  return {
    name: 'then',
    text: earlier === null ? '' : say('lineThen', format.name(earlier.name ?? earlier.id)),
    points: earlier === null ? [] : await reached(earlier, field),
  };
}

/** Pairs of the part of the campaign that had passed and the sum by then. */
export async function reached({ id, from, to, elapsed }, field) {
  const minutes = Math.max(1, Math.ceil((to - from) / MINUTE_MILLIS / MOST_POINTS));
  const until = from + (to - from) * elapsed.value;
  if (until <= from) {
    return [];
  }
  const answer = await query('api/v1/history', {
    scope: `campaign:${id}`,
    measures: field,
    from,
    to: Math.ceil(until),
    step: `${minutes}m`,
  });
  let sum = 0;
  const points = answer.items.map((item) => {
    sum += item[field];
    return [Math.min(1, (Math.min(until, item.ts + minutes * MINUTE_MILLIS) - from) / (to - from)), sum];
  });
  return [[0, 0], ...points];
}
