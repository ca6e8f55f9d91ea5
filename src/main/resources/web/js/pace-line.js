/** The line of a campaign that runs, or has run, drawn anew while somebody can see it. */

import { earlierLine, measureOf, PaceChart, reached, targetLine } from './pace-chart.js';
import { pollWhileVisible } from './poll.js';
import { say } from './words.js';

const EVERY_MILLIS = 10_000;

export class PaceLine {
  #panel = document.querySelector('#pace');
  #chart = new PaceChart(this.#panel);
  #campaign = null;
  #refresh = null;

  /** Draws this campaign from now on. */
  follow(campaign) {
    const isOther = this.#campaign?.id !== campaign.id;
    this.#campaign = campaign;
    if (isOther) {
      this.#chart.entitle(measureOf(campaign));
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
      const points = endingAt(campaign, measure.field, await reached(campaign, measure.field));
      const own = { name: 'now', text: say('lineNow'), points };
      this.#chart.draw(campaign, [own, targetLine(measure), await earlierLine(campaign, measure)], measure);
      this.#panel.dataset.stale = 'false';
    } catch {
      this.#panel.dataset.stale = 'true';
    }
  }
}

/** The same line, ending at what the campaign has reached: whole minutes can hold a little more than the campaign. */
function endingAt(campaign, field, points) {
  const total = campaign[field];
  const clipped = points.map(([part, value]) => [part, Math.min(value, total)]);
  return clipped.length === 0 ? clipped : [...clipped.slice(0, -1), [clipped.at(-1)[0], total]];
}
