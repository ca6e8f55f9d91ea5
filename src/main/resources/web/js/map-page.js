/** The map of all groups below an organisation, coloured by state or by a measure. */

import { address, linkTo } from './address.js';
import { allGroups } from './all-groups.js';
import { element, setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { HeatCanvas } from './heat-canvas.js';
import { HeatTiles } from './heat-tiles.js';
import { boundsOf, legendOf, MEASURES, stepOf } from './heat-measures.js';
import { sectionsOf } from './heat-sections.js';
import { Places } from './places.js';
import { pollWhileVisible } from './poll.js';
import { fillRows } from './rows.js';
import { stateCounts, stateShape } from './states.js';
import { say } from './words.js';

const EVERY_MILLIS = 5000;
/** More groups are asked for less often: so much rest for each of them. */
const REST_MILLIS_EACH = 0.6;
const MOST_TILES = 2000;
/** So few have room for their names. */
const MOST_NAMED = 80;

const find = (selector) => document.querySelector(selector);
const measures = Object.entries(MEASURES).filter(([, measure]) => !(address.masked && measure.isMoney));
const chosen = measures.find(([name]) => name === address.by)?.[1] ?? MEASURES.state;
const heat = find('#heat');
let view = null;
let nextLoadAt = 0;

function layOutChoices() {
  const links = measures.map(([name, measure]) => {
    const link = element('a', { href: linkTo({ by: name }) }, say(measure.word));
    if (measure === chosen) {
      link.setAttribute('aria-current', 'true');
    }
    return element('li', {}, link);
  });
  find('#by ul').append(...links);
  setText(find('#map-window'), say(chosen.window));
}

function cellOf(group, bounds) {
  const byState = chosen.raw === undefined;
  const value = byState ? null : chosen.raw(group);
  const name = format.name(group.name ?? group.group);
  const step = byState ? null : stepOf(value, bounds);
  const told = byState ? '' : `${say(chosen.word)} ${say(chosen.window)} ${chosen.text(value)}`;
  return {
    group: group.group,
    name,
    state: group.state,
    step,
    told,
    members: group.members,
    place: group.orgs.join(', '),
    spoken: [name, say(group.state), ...(byState ? [] : [told, say('stepOf', step)])].join(', '),
  };
}

function tell(cell) {
  setText(
    find('#heat-told'),
    [
      cell.name,
      cell.place,
      `${stateShape(cell.state)} ${say(cell.state)}`,
      `${say('members')} ${format.count(cell.members)}`,
      cell.told,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  );
}

function viewOf(count) {
  const kind = count > MOST_TILES ? 'canvas' : 'tiles';
  if (heat.dataset.kind !== kind) {
    heat.dataset.kind = kind;
    heat.replaceChildren();
    view = kind === 'canvas' ? new HeatCanvas(heat, say('mapLabel'), tell) : new HeatTiles(heat, tell);
  }
  heat.dataset.named = String(count <= MOST_NAMED);
  return view;
}

async function load() {
  if (performance.now() < nextLoadAt) {
    return;
  }
  try {
    const fields = ['group', 'name', 'orgs', 'state', 'members', ...(chosen.field ? [chosen.field] : [])];
    const { groups, asOf } = await allGroups(address.org, fields);
    nextLoadAt = performance.now() + groups.length * REST_MILLIS_EACH;
    const bounds = chosen.raw === undefined ? [] : boundsOf(groups.map((group) => chosen.raw(group)));
    const sections = sectionsOf(groups, address.org).map(({ path, groups: members }) => ({
      path,
      cells: members.map((group) => cellOf(group, bounds)),
    }));
    showLegend(bounds);
    viewOf(groups.length).show(sections);
    heat.dataset.asOf = String(asOf);
    find('#map').dataset.stale = 'false';
    setText(find('#map-note'), say('groupsCount', format.count(groups.length)));
  } catch {
    find('#map').dataset.stale = 'true';
    setText(find('#map-note'), say('notFresh'));
  }
}

function showLegend(bounds) {
  const newEntry = () => element('li', {}, element('span', { class: 'swatch', 'aria-hidden': 'true' }), element('span'));
  fillRows(find('#legend'), legendOf(chosen, bounds), newEntry, (entry, { state, step, text }) => {
    const [swatch, words] = entry.children;
    if (state === undefined) {
      swatch.dataset.step = String(step);
    } else {
      swatch.dataset.state = state;
    }
    setText(swatch, state === undefined ? String(step) : stateShape(state));
    setText(words, text);
  });
}

const page = new Frame('map', say('pageMap'));
const places = new Places();
places.stand(address.org);
layOutChoices();
page.feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
  find('#unknown').hidden = frame.kind !== 'error';
  if (frame.kind === 'error') {
    setText(find('#unknown-org'), frame.code === 'unknown_topic' ? say('unknownOrg', address.org) : frame.detail);
    find('#back').href = linkTo({ org: '' });
    return;
  }
  page.clock.heard(frame.asOf);
  places.show(org.childOrgs);
  stateCounts(find('#states'), org.groups);
});
page.start();
pollWhileVisible(find('#map'), EVERY_MILLIS, load);
