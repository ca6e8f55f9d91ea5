/** The page of a campaign: how it stands, its line against target and comparison, the groups behind. */

import { address, linkTo, pageLink, serverUrl } from './address.js';
import { BehindGroups } from './behind-groups.js';
import { followed } from './campaign-choice.js';
import { CampaignTiles } from './campaign-tiles.js';
import { currentToken } from './credential.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { PaceLine } from './pace-line.js';
import { Places } from './places.js';
import { pollWhileVisible, query, queryPage } from './poll.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

const LIST_EVERY_MILLIS = 10_000;
/** Links to the report of the sale, as a page for print and as a table. */
const REPORTS = { '#to-report': 'html', '#to-table': 'csv' };

const find = (selector) => document.querySelector(selector);

/** The campaigns at the organisation in the address; when it names none, the one that runs is followed, or the latest. */
class Choice {
  #followed = address.campaign;
  #follow;

  constructor(follow) {
    this.#follow = follow;
    if (this.#followed !== '') {
      follow(this.#followed);
    }
  }

  /** Sales of the same name on another day are told apart by it. */
  show(campaigns, asOf) {
    find('#no-campaigns').hidden = campaigns.length > 0 || this.#followed !== '';
    if (this.#followed === '' && campaigns.length > 0) {
      this.#followed = followed(campaigns).id;
      this.#follow(this.#followed);
    }
    fillRows(
      find('#campaigns ul'),
      campaigns,
      () => element('li', {}, element('a', {}, element('bdi'), element('span', { class: 'day' }))),
      ({ firstElementChild: link }, { id, name, from }) => {
        link.href = linkTo({ campaign: id });
        setText(link.firstElementChild, format.name(name));
        setText(link.lastElementChild, format.day(from) === format.day(asOf) ? '' : format.day(from));
        if (id === this.#followed) {
          link.setAttribute('aria-current', 'true');
        } else {
          link.removeAttribute('aria-current');
        }
      },
    );
  }
}

function identify(campaign) {
  setText(find('#campaign-name'), format.name(campaign.name ?? campaign.id));
  setText(find('#campaign-state'), say(campaign.state));
  setText(find('#campaign-span'), format.span(campaign.from, campaign.to));
}

/** To the sale once more, and to its report, which names money and people and so is not for visitors. */
function showLinks({ id, state }) {
  find('#campaign-links').hidden = state === 'planned';
  find('#to-replay').href = pageLink('replay.html', { campaign: id });
  for (const [link, ending] of Object.entries(REPORTS)) {
    find(link).hidden = address.masked;
    find(link).href = serverUrl(`api/v1/campaigns/${encodeURIComponent(id)}/report.${ending}?lang=${address.lang}`).href;
  }
}

/** A link carries no token: where one is needed the report is asked for with it, and saved as a file. */
async function saveReport(click) {
  if (currentToken() === null) {
    return;
  }
  click.preventDefault();
  const report = new URL(click.currentTarget.href);
  const page = await queryPage(report.pathname, { lang: address.lang });
  const href = URL.createObjectURL(page);
  element('a', { href, download: report.pathname.split('/').at(-1) }).click();
  URL.revokeObjectURL(href);
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
    showLinks(campaign);
    tiles.show(campaign, frame.asOf);
    line.follow(campaign);
    behind.show(campaign);
  });
}

for (const link of Object.keys(REPORTS)) {
  find(link).addEventListener('click', saveReport);
}
const page = new Frame('campaign', say('pageCampaign'));
const places = new Places();
places.stand(address.org);
const choice = new Choice((id) => follow(page, id));
page.feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
  if (frame.kind !== 'error') {
    page.clock.heard(frame.asOf);
    places.show(org.childOrgs);
  }
});
pollWhileVisible(document.body, LIST_EVERY_MILLIS, async () => {
  try {
    const { items, asOf } = await query('api/v1/campaigns', { org: address.org, limit: 100 });
    choice.show(items, asOf);
  } catch {
    // The connection's own sign tells that the monitor is out of reach; the list stays as it was.
  }
});
page.start();
