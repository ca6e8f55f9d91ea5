/** The page of a campaign: how it stands, its line against target and comparison, the groups behind. */

import { address, linkTo } from './address.js';
import { BehindGroups } from './behind-groups.js';
import { CampaignTiles } from './campaign-tiles.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { PaceLine } from './pace-line.js';
import { Places } from './places.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const find = (selector) => document.querySelector(selector);

/** The campaigns at the organisation in the address; the first is followed when the address names none. */
class Choice {
  #followed = address.campaign;
  #follow;

  constructor(follow) {
    this.#follow = follow;
    if (this.#followed !== '') {
      follow(this.#followed);
    }
  }

  show(campaigns) {
    find('#no-campaigns').hidden = campaigns.length > 0 || this.#followed !== '';
    fillRows(
      find('#campaigns ul'),
      campaigns,
      () => element('li', {}, element('a', {}, element('bdi'))),
      ({ firstElementChild: link }, id) => {
        link.href = linkTo({ campaign: id });
        setText(link.firstElementChild, format.name(id));
        link.toggleAttribute('aria-current', id === this.#followed);
      },
    );
    if (this.#followed === '' && campaigns.length > 0) {
      this.#followed = campaigns[0];
      this.#follow(campaigns[0]);
    }
  }
}

function identify(campaign) {
  setText(find('#campaign-name'), format.name(campaign.name ?? campaign.id));
  setText(find('#campaign-state'), say(campaign.state));
  const day = (millis) => `${format.day(millis)} ${format.minute(millis)}`;
  setText(find('#campaign-span'), say('elapsedNote', day(campaign.from), day(campaign.to)));
}

function follow(page, id) {
  const tiles = new CampaignTiles();
  const line = new PaceLine();
  const behind = new BehindGroups();
  page.feed.subscribe(`campaign:${id}`, 1000, (frame, campaign) => {
    find('#unknown').hidden = frame.kind !== 'error';
    if (frame.kind === 'error') {
      const unknown = frame.code === 'unknown_topic';
      setText(find('#unknown-campaign'), unknown ? say('noCampaign', format.name(id)) : frame.detail);
      find('#back').href = linkTo({ campaign: '', org: '' });
      return;
    }
    page.clock.heard(frame.asOf);
    for (const part of ['#standing', '#pace', '#behind']) {
      find(part).hidden = false;
    }
    identify(campaign);
    tiles.show(campaign, frame.asOf);
    line.follow(campaign);
    behind.show(campaign);
  });
}

const page = new Frame('campaign', say('pageCampaign'));
const places = new Places();
places.stand(address.org);
const choice = new Choice((id) => follow(page, id));
page.feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
  if (frame.kind !== 'error') {
    page.clock.heard(frame.asOf);
    places.show(org.childOrgs);
    choice.show(org.campaigns);
  }
});
page.start();
