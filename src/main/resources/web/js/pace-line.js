/** The line of a campaign: what was reached by each moment of it, the even way to the target, the earlier campaign. */

import { address } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { pollWhileVisible, query } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const EVERY_MILLIS = 10_000;
const MINUTE_MILLIS = 60_000;
const MOST_POINTS = 240;
const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT] = [1000, 300];

export class PaceLine {
  #panel = document.querySelector('#pace');
  #svg = svgElement('svg', {
    id: 'pace-line',
    role: 'img',
    'aria-label': say('paceLine'),
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
  });
  #campaign = null;
  #refresh = null;

  constructor() {
    this.#panel.append(
      element('ul', { id: 'pace-legend', 'aria-label': say('legend') }),
      this.#svg,
      element(
        'p',
        { class: 'axis', 'aria-hidden': 'true' },
        ...['pace-from', 'pace-top', 'pace-to'].map((id) => element('span', { id })),
      ),
    );
  }

  /** Draws this campaign from now on. */
  follow(campaign) {
    const isOther = this.#campaign?.id !== campaign.id;
    this.#campaign = campaign;
    if (isOther) {
      this.#svg.setAttribute('aria-label', say(measureOf(campaign).word));
      setText(document.querySelector('#pace-title'), say(measureOf(campaign).word));
    }
    if (this.#refresh === null) {
      this.#refresh = pollWhileVisible(this.#panel, EVERY_MILLIS, () => this.#load());
    } else if (isOther) {
      this.#refresh();
    }
  }

  async #load() {
    const campaign = this.#campaign;
    try {
      const measure = measureOf(campaign);
      const earlier =
        campaign.compareTo === null ? null : await query(`api/v1/campaigns/${encodeURIComponent(campaign.compareTo)}`, {});
      const lines = [
        { name: 'now', text: say('lineNow'), points: endingAt(campaign, measure.field, await reached(campaign, measure.field)) },
        { name: 'target', text: say('lineTarget'), points: even(measure.target) },
      ];
      if (earlier !== null) {
        lines.push({
          name: 'then',
          text: say('lineThen', format.name(earlier.name ?? earlier.id)),
          points: await reached(earlier, measure.field),
        });
      }
      this.#draw(lines.filter(({ points }) => points.length > 0), measure);
      this.#panel.dataset.stale = 'false';
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }

  #draw(lines, { word, text, target }) {
    const { from, to } = this.#campaign;
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
    const now = lines[0].points.at(-1)?.[1] ?? 0;
    const due = target === undefined ? null : target * this.#campaign.elapsed.value;
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
function measureOf({ targets }) {
  const money = targets.orders === undefined && targets.gmv !== undefined && !address.masked;
  return money
    ? { field: 'gmvPaid', word: 'paceLineMoney', text: format.money, target: targets.gmv }
    : { field: 'ordersPaid', word: 'paceLine', text: format.count, target: targets.orders };
}

const even = (target) =>
  target === undefined
    ? []
    : [
        [0, 0],
        [1, target],
      ];

/** The same line, ending at what the campaign has reached: whole minutes can hold a little more than the campaign. */
function endingAt(campaign, field, points) {
  const total = campaign[field];
  const clipped = points.map(([part, value]) => [part, Math.min(value, total)]);
  return clipped.length === 0 ? clipped : [...clipped.slice(0, -1), [clipped.at(-1)[0], total]];
}

/** Pairs of the part of the campaign that had passed and the sum by then. */
async function reached({ id, from, to, elapsed }, field) {
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
