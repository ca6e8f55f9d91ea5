/** The wall: reads its address and lets the feed drive the parts. */

import { address, pageLink, serverUrl } from './address.js';
import { LiveBoard } from './board.js';
import { setText } from './dom.js';
import { Episode } from './episode.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { Funnel } from './funnel.js';
import { Groups } from './groups.js';
import { History } from './history.js';
import { Orders } from './orders.js';
import { Places } from './places.js';
import { SilentGroups } from './silent-groups.js';
import { stateCounts } from './states.js';
import { Tiles } from './tiles.js';
import { Timeline } from './timeline.js';
import { WallCampaign } from './wall-campaign.js';
import { say } from './words.js';

const SUMMARY_MILLIS = 60_000;
const find = (selector) => document.querySelector(selector);

function firstEvent() {
  const event =
    `{"id":"try-'$(date +%s)'","type":"order.paid","ts":'$(date +%s000)',` +
    '"group":"g-1","member":"m-1","order":"o-1","amount":3990}';
  return `curl -H 'content-type: application/json' -d '${event}' ${serverUrl('api/v1/events').href}`;
}

/** For those who listen instead of looking: the main numbers, once a minute. */
function summarise(summary, org, asOf) {
  const { today, windows } = org;
  setText(
    summary,
    say(
      'summary',
      format.minute(asOf),
      format.count(today.ordersPaid),
      format.money(today.gmvPaid),
      format.count(windows['5m'].active),
    ),
  );
}

function showRefusal({ code, detail }) {
  setText(find('#unknown-org'), code === 'unknown_topic' ? say('unknownOrg', address.org) : detail);
  find('#unknown').hidden = false;
}

function start() {
  const title = address.org === '' ? say('title') : address.org;
  const page = new Frame('wall', title, { id: 'groups', word: 'skip' });
  setText(find('#first-event'), firstEvent());
  const tiles = new Tiles();
  const funnel = new Funnel();
  const orders = new Orders();
  const episode = new Episode();
  const places = new Places();
  let latest = null;

  places.stand(address.org);
  page.feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
    find('#unknown').hidden = true;
    if (frame.kind === 'error') {
      showRefusal(frame);
      return;
    }
    page.clock.heard(frame.asOf);
    tiles.show(org, frame.asOf);
    funnel.show(org.windows['30m'].funnel);
    places.show(org.childOrgs);
    stateCounts(find('#states'), org.groups);
    find('#empty').hidden = org.total.events > 0;
    if (latest === null) {
      summarise(find('#summary'), org, frame.asOf);
    }
    latest = { org, asOf: frame.asOf };
  });
  page.feed.subscribe(`orders:${address.org}`, 250, (frame) => orders.take(frame));
  page.feed.subscribe(`rain:org:${address.org}`, 1000, (frame, state) => {
    if (frame.kind !== 'error') {
      episode.show(state);
    }
  });
  new LiveBoard(page.feed, address.org).start();
  new WallCampaign(page.feed, address.org).start();
  page.start();
  new Groups().start();
  new SilentGroups(address.org).start();
  new History(`org:${address.org}`, new Timeline('noStimuli')).start();
  setInterval(() => latest !== null && summarise(find('#summary'), latest.org, latest.asOf), SUMMARY_MILLIS);
}

if (address.group === '') {
  start();
} else {
  location.replace(pageLink('group.html', { group: address.group }));
}
