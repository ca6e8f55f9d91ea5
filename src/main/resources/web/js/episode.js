/** The line under the rain: when the newest episode began, how hard it rained, what set it off and where. */

import { address, pageLink } from './address.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const TRIGGERS = {
  'share.posted': 'triggerShare',
  'broadcast.sent': 'triggerBroadcast',
  'redpacket.sent': 'triggerRedPacket',
  'flash.started': 'triggerFlash',
  'live.started': 'triggerLive',
};

/** What set an episode off, in words, with the item where it was about one. */
export function triggerText({ type, item }) {
  return [say(TRIGGERS[type] ?? 'triggerOther'), item].filter((part) => part !== null).join(' ');
}

export class Episode {
  #line = document.querySelector('#episode');
  #what = element('span');
  #where = element('a', {}, element('bdi'));
  #after = element('span');

  constructor() {
    this.#line.append(this.#what, this.#where, this.#after);
  }

  show({ items: [episode] }) {
    const trigger = episode?.trigger ?? null;
    this.#line.dataset.open = String(episode?.open ?? false);
    setText(this.#what, episode === undefined ? say('noEpisode') : factsOf(episode).join(' · '));
    this.#showWhere(trigger);
    const first = trigger?.secondsToFirstOrder ?? null;
    setText(this.#after, first === null ? '' : say('episodeFirst', format.duration(first)));
  }

  /** A name leads to its group; a visitor, who may not know names, is led nowhere. */
  #showWhere(trigger) {
    this.#where.hidden = trigger === null;
    if (trigger !== null) {
      setText(this.#where.firstElementChild, format.name(trigger.name ?? trigger.group));
      if (!address.masked) {
        this.#where.href = pageLink('group.html', { group: trigger.group });
      }
    }
  }
}

function factsOf(episode) {
  const facts = [
    episode.open
      ? say('episodeOpen', format.time(episode.start))
      : say('episodeOver', format.time(episode.start), format.time(episode.end)),
    say('episodePeak', format.count(episode.peak)),
    say('episodeOrders', format.count(episode.orders)),
  ];
  if (episode.trigger !== null) {
    facts.push(say('episodeTrigger', triggerText(episode.trigger)));
  }
  return facts;
}
