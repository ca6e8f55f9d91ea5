/** Where in the organisation this screen stands, the way up and the ways down. */

import { linkTo } from './address.js';
import { element } from './dom.js';
import { say } from './words.js';

const bdi = (text) => element('bdi', {}, text);

export class Places {
  #path = document.querySelector('#path ol');
  #below = document.querySelector('#below');
  #shown = null;
  #link;

  /** @param addressOf the page that shows an organisation */
  constructor(addressOf = (org) => linkTo({ org })) {
    this.#link = (org, text) => element('a', { href: addressOf(org) }, bdi(text));
  }

  /** Shows the way from the root to this organisation, and on to what is in it where that is told. */
  stand(org, inside = null) {
    const parts = org === '' ? [] : org.split('/');
    const steps = parts.map((part, depth) => this.#link(parts.slice(0, depth + 1).join('/'), part));
    const way = [this.#link('', say('allOrgs')), ...steps];
    if (inside !== null) {
      way.push(element('span', {}, bdi(inside)));
    }
    way.at(-1).setAttribute('aria-current', 'page');
    this.#path.replaceChildren(...way.map((each) => element('li', {}, each)));
    // Of a way too long for its place the end is what says where one stands.
    this.#path.parentElement.scrollLeft = this.#path.parentElement.scrollWidth;
  }

  /** Shows the organisations right below this one. */
  show(childOrgs) {
    const wanted = childOrgs.join('\n');
    if (wanted === this.#shown) {
      return;
    }
    this.#shown = wanted;
    const items = childOrgs.map((org) => element('li', {}, this.#link(org, org.slice(org.lastIndexOf('/') + 1))));
    this.#below.querySelector('ul').replaceChildren(...items);
  }
}
