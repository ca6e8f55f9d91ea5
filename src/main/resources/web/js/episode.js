/** The line under the rain: when the newest episode began, how hard it rained, and what set it off. */

import { setText } from './dom.js';
import * as format from './format.js';
import { say } from './words.js';

const TRIGGERS = {
  'share.posted': 'triggerShare',
  'broadcast.sent': 'triggerBroadcast',
  'redpacket.sent': 'triggerRedPacket',
  'flash.started': 'triggerFlash',
  'live.started': 'triggerLive',
};

/** What set an episode off, in words. */
export function triggerText({ type }) {
  return say(TRIGGERS[type] ?? 'triggerOther');
}

export class Episode {
  #line = document.querySelector('#episode');

  show({ items }) {
    this.#line.dataset.open = String(items.length > 0 && items[0].open);
    setText(this.#line, items.length > 0 ? this.#describe(items[0]) : say('noEpisode'));
  }

  #describe(episode) {
    const parts = [
      episode.open
        ? say('episodeOpen', format.time(episode.start))
        : say('episodeOver', format.time(episode.start), format.time(episode.end)),
      say('episodePeak', format.count(episode.peak)),
      say('episodeOrders', format.count(episode.orders)),
    ];
    if (episode.trigger !== null) {
      parts.push(this.#trigger(episode.trigger));
    }
    return parts.join(' · ');
  }

  #trigger({ type, group, secondsToFirstOrder }) {
    const what = triggerText({ type });
    const where = format.name(group);
    return secondsToFirstOrder === null
      ? say('episodeTrigger', what, where)
      : say('episodeTriggerFirst', what, where, format.duration(secondsToFirstOrder));
  }
}
