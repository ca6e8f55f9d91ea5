/** An alert as people read it: what is wrong with whom, what was expected and seen, who looks after it. */

import { address, pageLink } from './address.js';
import { element, setText } from './dom.js';
import { expectedSeen, isExpected } from './expectation.js';
import * as format from './format.js';
import { fillRows } from './rows.js';
import { say } from './words.js';

/** Per kind of alert its words, and the page of its subject. */
const KINDS = {
  group_silent: { word: 'alertGroupSilent', link: (id) => pageLink('group.html', { group: id }) },
  org_silent: { word: 'alertOrgSilent', link: (org) => pageLink('map.html', { org }) },
  source_down: { word: 'alertSourceDown', link: () => pageLink('sources.html') },
  sale_behind: { word: 'alertSaleBehind', link: (id) => pageLink('campaign.html', { campaign: id }) },
};

/** Whether a visitor may see who it is about: groups and campaigns have names of people and trade, sources have not. */
const isOpen = ({ kind }) => !address.masked || kind === 'source_down' || kind === 'org_silent';

/** Shows the alerts; `now` is the moment that the page stands for, `live` the newest reading of silence by group. */
export function showAlerts(list, alerts, now, live = new Map()) {
  fillRows(list, alerts, newRow, (row, alert) => showRow(row, alert, now, live));
}

function newRow() {
  return element(
    'li',
    {},
    element(
      'p',
      { class: 'alert-head' },
      element('span', { class: 'shape', 'aria-hidden': 'true' }),
      element('span', { class: 'kind' }),
      element('a', { class: 'subject' }, element('bdi')),
      element('span', { class: 'when' }),
    ),
    element('p', { class: 'seen' }),
    element('p', { class: 'text', lang: 'en' }),
    element('p', { class: 'alert-foot' }, element('span', { class: 'owner' }), element('span', { class: 'places' })),
  );
}

function showRow(row, alert, now, live) {
  const [head, seen, text, foot] = row.children;
  const [shape, kind, subject, when] = head.children;
  const { word, link } = KINDS[alert.kind];
  row.dataset.alert = alert.id;
  row.dataset.state = alert.state;
  setText(shape, alert.state === 'firing' ? '■' : '✓');
  setText(kind, say(word));
  setText(subject.firstElementChild, subjectText(alert));
  if (isOpen(alert)) {
    subject.href = link(alert.subject);
  } else {
    subject.removeAttribute('href');
  }
  setText(when, whenText(alert, now));
  const silence = live.get(alert.subject);
  setText(seen, seenText(silence, alert));
  row.dataset.talks = String(silence !== undefined && !isExpected(silence));
  setText(text, isOpen(alert) ? alert.text : '');
  setText(foot.firstElementChild, alert.owner ? say('owner', format.name(alert.owner)) : '');
  showPlaces(foot.lastElementChild, alert);
}

function subjectText(alert) {
  const said = alert.name ?? (alert.subject === '' ? say('allOrgs') : alert.subject);
  return isOpen(alert) ? said : format.name(said);
}

function whenText({ startsAt, endsAt }, now) {
  return endsAt === null
    ? say('alertSince', format.dayTime(startsAt), format.duration((now - startsAt) / 1000))
    : say('alertLasted', format.span(startsAt, endsAt), format.duration((endsAt - startsAt) / 1000));
}

/** How it stands now, in the page's language: the text of the alert is from when it began. */
function seenText(silence, { kind, state }) {
  if (kind !== 'group_silent' || state !== 'firing' || typeof silence?.expected !== 'number') {
    return '';
  }
  return isExpected(silence) ? expectedSeen(silence, format.dayTime) : say('talksAgain', format.dayTime(silence.since));
}

/** The organisations of the subject, each leading to the map of its groups: how its siblings are. */
function showPlaces(target, { kind, orgs }) {
  const wanted = kind === 'org_silent' ? '' : orgs.join('\n');
  if (target.dataset.orgs !== wanted) {
    target.dataset.orgs = wanted;
    target.replaceChildren(
      ...(wanted === '' ? [] : orgs).map((org) =>
        element(
          'a',
          { href: pageLink('map.html', { org }), title: say('alertSiblings', org) },
          element('bdi', {}, org),
        ),
      ),
    );
  }
}
