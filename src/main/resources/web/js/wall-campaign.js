/** The campaign on the wall: the one that runs, or the latest; its line, its pace and the groups behind. */

import { address, pageLink } from './address.js';
import { BehindGroups } from './behind-groups.js';
import { followed } from './campaign-choice.js';
import { setText } from './dom.js';
import * as format from './format.js';
import { PaceLine } from './pace-line.js';
import { pollWhileVisible, query } from './poll.js';
import { say } from './words.js';

const EVERY_MILLIS = 5000;
const find = (selector) => document.querySelector(selector);

export class WallCampaign {
  #feed;
  #org;
  #line = new PaceLine();
  #behind = new BehindGroups();
  #id = null;

  constructor(feed, org) {
    this.#feed = feed;
    this.#org = org;
  }

  start() {
    if (address.campaign === '') {
      pollWhileVisible(find('#pace'), EVERY_MILLIS, () => this.#choose());
    } else {
      this.#follow(address.campaign);
    }
  }

  async #choose() {
    try {
      const { items } = await query('api/v1/campaigns', { org: this.#org, limit: 100 });
      const chosen = followed(items);
      find('#no-campaign').hidden = chosen !== undefined;
      if (chosen !== undefined && chosen.id !== this.#id) {
        this.#follow(chosen.id);
      }
    } catch {
      // The connection's own sign tells that the monitor is out of reach; the campaign stays as it was.
    }
  }

  #follow(id) {
    if (this.#id !== null) {
      this.#feed.unsubscribe(`campaign:${this.#id}`);
    }
    this.#id = id;
    this.#feed.subscribe(`campaign:${id}`, 1000, (frame, campaign) => {
      if (frame.kind === 'error') {
        find('#no-campaign').hidden = false;
        return;
      }
      find('#no-campaign').hidden = true;
      this.#identify(campaign, frame.asOf);
      this.#line.follow(campaign);
      this.#behind.show(campaign);
    });
  }

  #identify(campaign, asOf) {
    const link = find('#pace-campaign');
    setText(link.firstElementChild, format.name(campaign.name ?? campaign.id));
    link.href = pageLink('campaign.html', { campaign: campaign.id });
    const standing = find('#pace-standing');
    standing.dataset.campaign = campaign.id;
    standing.dataset.orders = String(campaign.ordersPaid);
    standing.dataset.asOf = String(asOf);
    const pace = campaign.pace.orders ?? campaign.pace.gmv;
    standing.dataset.behind = String(pace !== null && pace.value !== null && pace.value < 1);
    setText(standing, standingText(campaign, pace));
  }
}

/** Against the target where there is one, else how many orders there were. */
function standingText({ ordersPaid, state }, pace) {
  if (pace === null || pace.value === null) {
    return `${say('boardOrders', format.count(ordersPaid))} · ${say(state)}`;
  }
  const way = pace.value < 1 ? `▼ ${say('behindPace')}` : `▲ ${say('ahead')}`;
  return `${format.percent(pace.value)} ${way}`;
}
