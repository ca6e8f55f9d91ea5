/** What every page has around its content: the way through the pages, the clock, the connection, the sources. */

import { address, feedUrl, linkTo, pageLink } from './address.js';
import { Clock } from './clock.js';
import { element, setText } from './dom.js';
import { FeedClient } from './feed.js';
import { fullScreenButton } from './full-screen.js';
import { Sources } from './sources.js';
import { say } from './words.js';

const PAGES = [
  { name: 'wall', file: './', word: 'pageWall' },
  { name: 'map', file: 'map.html', word: 'pageMap' },
  { name: 'campaign', file: 'campaign.html', word: 'pageCampaign' },
  { name: 'alerts', file: 'alerts.html', word: 'pageAlerts' },
  { name: 'sources', file: 'sources.html', word: 'pageSources' },
];

export class Frame {
  clock;
  feed;

  /**
   * @param page   the name of this page
   * @param title  what the window is called
   * @param skip   the id of the element that the skip link leads to, and its words
   */
  constructor(page, title, skip = { id: 'content', word: 'skipMain' }) {
    document.documentElement.lang = address.lang === 'zh' ? 'zh-CN' : 'en';
    document.title = `GroupPulse · ${title}`;
    document.body.dataset.masked = String(address.masked);
    document.body.prepend(
      element('a', { class: 'skip', href: `#${skip.id}` }, say(skip.word)),
      header(page),
      element('p', { id: 'lost', hidden: '' }),
    );
    document.querySelector('main').after(footer());
    layOutWords();
    this.clock = new Clock();
    this.feed = new FeedClient(feedUrl(), (status, code) => this.clock.connection(status, code));
  }

  /**
   * Subscribes to what the frame shows and opens the feed; the page has subscribed to its own topics before.
   *
   * @param onSources called with the sources by name and the moment they stand for
   */
  start(onSources = () => {}) {
    const sources = new Sources();
    this.clock.start();
    this.feed.subscribe('sources', 1000, (frame, state) => {
      if (frame.kind !== 'error') {
        sources.show(state);
        onSources(state.items, frame.asOf);
      }
    });
    this.feed.open();
  }
}

function layOutWords() {
  for (const place of document.querySelectorAll('[data-word]')) {
    setText(place, say(place.dataset.word));
  }
  for (const place of document.querySelectorAll('[data-label]')) {
    place.setAttribute('aria-label', say(place.dataset.label));
  }
}

function header(page) {
  return element(
    'header',
    {},
    element('h1', {}, 'GroupPulse'),
    element('nav', { id: 'pages', 'data-label': 'pages' }, element('ul', {}, ...PAGES.map((each) => pageItem(each, page)))),
    element('nav', { id: 'path', 'data-label': 'orgPath' }, element('ol')),
    element('nav', { id: 'below', 'data-label': 'childOrgs' }, element('ul')),
    element('div', { class: 'links' }, fullScreenButton(), maskLink(), languageLink()),
    element('p', { id: 'connection', role: 'status' }),
    element(
      'p',
      { class: 'clock' },
      element(
        'span',
        { class: 'clock-words' },
        element('span', { 'data-word': 'asOf' }),
        element('span', { id: 'as-of-day' }),
      ),
      element('time', { id: 'as-of' }, '--:--:--'),
    ),
  );
}

function pageItem({ name, file, word }, current) {
  const link = element('a', { href: pageLink(file) }, say(word));
  if (name === current) {
    link.setAttribute('aria-current', 'page');
  }
  return element('li', {}, link);
}

function maskLink() {
  return element(
    'a',
    { id: 'mask', href: linkTo({ mask: address.masked ? '' : '1' }) },
    say(address.masked ? 'unmask' : 'mask'),
  );
}

function languageLink() {
  const other = address.lang === 'zh' ? 'en' : 'zh';
  return element(
    'a',
    { id: 'language', href: linkTo({ lang: other }), lang: other === 'zh' ? 'zh-CN' : 'en' },
    say('language'),
  );
}

function footer() {
  return element(
    'footer',
    { id: 'sources' },
    element('h2', { 'data-word': 'sources' }),
    element('p', { id: 'no-sources', 'data-word': 'noSources' }),
    element('ul'),
  );
}
