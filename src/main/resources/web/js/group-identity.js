/** Who the group is and how it is: name, state, what was expected of it and seen, owner, tags, fill. */

import { element, setText } from './dom.js';
import { expectedSeen, isExpected } from './expectation.js';
import * as format from './format.js';
import { stateBadge } from './states.js';
import { say } from './words.js';

const find = (selector) => document.querySelector(selector);

export class GroupIdentity {
  #name = find('#group-name');
  #state = find('#group-state');
  #silence = find('#group-silence');
  #owner = find('#group-owner');
  #tags = find('#group-tags');
  #fill = find('#fill');

  show(group, asOf) {
    setText(this.#name, format.name(group.name ?? group.group));
    stateBadge(this.#state, group.state);
    setText(this.#silence, silenceText(group, asOf));
    setText(this.#owner, group.owner ? say('owner', format.name(group.owner)) : '');
    this.#showTags(group.tags ?? []);
    this.#fill.hidden = !(group.capacity > 0);
    if (group.capacity > 0) {
      this.#fill.value = Math.min(1, group.members / group.capacity);
      this.#fill.setAttribute('aria-label', say('fillOf', group.capacity, format.percent(this.#fill.value)));
    }
  }

  #showTags(tags) {
    if (this.#tags.childElementCount !== tags.length) {
      this.#tags.replaceChildren(...tags.map((tag) => element('li', {}, tag)));
    }
    tags.forEach((tag, index) => setText(this.#tags.children[index], tag));
  }
}

/** Expected against seen where something was expected, else when somebody last did something. */
function silenceText({ silence, lastInteraction }, asOf) {
  if (isExpected(silence)) {
    const compared = expectedSeen(silence, format.time);
    return typeof silence.probability === 'number'
      ? `${compared} · ${say('silenceChance', format.percent(silence.probability))}`
      : compared;
  }
  return typeof lastInteraction === 'number'
    ? say('lastSeen', format.time(lastInteraction), format.duration((asOf - lastInteraction) / 1000))
    : say('neverSeen');
}
