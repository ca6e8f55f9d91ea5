/** The screen: reads its address, lays out the words, and lets the feed drive the parts. */

import { address, feedUrl, linkTo, serverUrl } from './address.js';
import { Clock } from './clock.js';
import { setText } from './dom.js';
import { Episode } from './episode.js';
import { FeedClient } from './feed.js';
import * as format from './format.js';
import { Groups } from './groups.js';
import { History } from './history.js';
import { Orders } from './orders.js';
import { Places } from './places.js';
import { Sources } from './sources.js';
import { stateCounts } from './states.js';
import { Tiles } from './tiles.js';
import { say } from './words.js';

const SUMMARY_MILLIS = 60_000;
const find = (selector) => document.querySelector(selector);

function layOutWords() {
  document.documentElement.lang = address.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = `GroupPulse · ${address.org === '' ? say('title') : address.org}`;
  document.body.dataset.masked = String(address.masked);
  for (const place of document.querySelectorAll('[data-word]')) {
    setText(place, say(place.dataset.word));
  }
  for (const place of document.querySelectorAll('[data-label]')) {
    place.setAttribute('aria-label', say(place.dataset.label));
  }
  const language = find('#language');
  language.href = linkTo({ lang: address.lang === 'zh' ? 'en' : 'zh' });
  language.lang = address.lang === 'zh' ? 'en' : 'zh-CN';
  const mask = find('#mask');
  mask.href = linkTo({ mask: address.masked ? '' : '1' });
  setText(mask, say(address.masked ? 'unmask' : 'mask'));
  setText(find('#first-event'), firstEvent());
}

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
  layOutWords();
  const clock = new Clock();
  const tiles = new Tiles();
  const orders = new Orders();
  const episode = new Episode();
  const places = new Places();
  const sources = new Sources();
  const feed = new FeedClient(feedUrl(), (status, code) => clock.connection(status, code));
  let latest = null;

  clock.start();
  places.start();
  feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
    find('#unknown').hidden = true;
    if (frame.kind === 'error') {
      showRefusal(frame);
      return;
    }
    clock.heard(frame.asOf);
    tiles.show(org, frame.asOf);
    places.show(org.childOrgs);
    stateCounts(find('#states'), org.groups);
    find('#empty').hidden = org.total.events > 0;
    if (latest === null) {
      summarise(find('#summary'), org, frame.asOf);
    }
    latest = { org, asOf: frame.asOf };
  });
  feed.subscribe(`orders:${address.org}`, 250, (frame) => orders.take(frame));
  feed.subscribe(`rain:org:${address.org}`, 1000, (frame, state) => {
    if (frame.kind !== 'error') {
      episode.show(state);
    }
  });
  feed.subscribe('sources', 1000, (frame, state) => {
    if (frame.kind !== 'error') {
      sources.show(state);
    }
  });
  feed.open();
  new Groups().start();
  new History().start();
  setInterval(() => latest !== null && summarise(find('#summary'), latest.org, latest.asOf), SUMMARY_MILLIS);
}

start();
