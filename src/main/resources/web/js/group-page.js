/** The page of one group: its numbers, its hour, its buyers' way and what set off its orders. */

import { address, pageLink } from './address.js';
import { setText } from './dom.js';
import { Episodes } from './episodes.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { Funnel } from './funnel.js';
import { GroupIdentity } from './group-identity.js';
import { GroupOrders } from './group-orders.js';
import { GroupRhythm } from './group-rhythm.js';
import { GroupShares } from './group-shares.js';
import { GroupSilences } from './group-silences.js';
import { History } from './history.js';
import { Places } from './places.js';
import { Tiles } from './tiles.js';
import { say } from './words.js';

const find = (selector) => document.querySelector(selector);
const toWall = (org) => pageLink('./', { org });

function showRefusal(text) {
  setText(find('#unknown-group'), text);
  find('#back').href = toWall('');
  find('#unknown').hidden = false;
}

function showHollow(today) {
  const mark = find('#hollow');
  mark.dataset.hollow = String(today.hollow);
  setText(mark, today.hollow ? `▼ ${say('hollow')}` : `● ${say('broad')}`);
}

/** The organisation from which somebody came here, where the group stands in it; else its first. */
function homeOf(orgs) {
  return orgs.find((org) => org === address.org || org.startsWith(`${address.org}/`)) ?? orgs[0] ?? '';
}

function follow(page, id) {
  const tiles = new Tiles();
  const funnel = new Funnel();
  const episodes = new Episodes();
  const identity = new GroupIdentity();
  const places = new Places(toWall);
  let stood = null;
  page.feed.subscribe(`group:${id}`, 1000, (frame, group) => {
    find('#unknown').hidden = true;
    if (frame.kind === 'error') {
      showRefusal(frame.code === 'unknown_topic' ? say('unknownGroup', format.name(id)) : frame.detail);
      return;
    }
    page.clock.heard(frame.asOf);
    identity.show(group, frame.asOf);
    tiles.show(group, frame.asOf);
    funnel.show(group.windows['30m'].funnel);
    showHollow(group.today);
    const home = homeOf(group.orgs);
    if (home !== stood) {
      stood = home;
      places.stand(home, format.name(group.name ?? id));
    }
  });
  page.feed.subscribe(`rain:group:${id}`, 1000, (frame, state) => {
    if (frame.kind !== 'error') {
      episodes.show(state);
    }
  });
  new History(`group:${id}`).start();
  for (const Part of [GroupOrders, GroupShares, GroupRhythm, GroupSilences]) {
    new Part(id).start();
  }
}

const page = new Frame('group', format.name(address.group === '' ? say('pageGroup') : address.group));
if (address.group === '') {
  showRefusal(say('groupMissing'));
} else {
  follow(page, address.group);
}
page.start();
