/** Where in the organisation this screen stands, the way up and the ways down. */

import { address, linkTo } from './address.js';
import { element } from './dom.js';
import { say } from './words.js';

const link = (org, text) => element('a', { href: linkTo({ org }) }, element('bdi', {}, text));

export class Places {
  #path = document.querySelector('#path ol');
  #below = document.querySelector('#below');
  #shown = null;

  start() {
    const parts = address.org === '' ? [] : address.org.split('/');
    const steps = parts.map((part, depth) => ({ org: parts.slice(0, depth + 1).join('/'), text: part }));
    const links = [{ org: '', text: say('allOrgs') }, ...steps].map(({ org, text }) => link(org, text));
    links.at(-1).setAttribute('aria-current', 'page');
    this.#path.append(...links.map((each) => element('li', {}, each)));
  }

  /** Shows the organisations right below this one. */
  show(childOrgs) {
    const wanted = childOrgs.join('\n');
    if (wanted === this.#shown) {
      return;
    }
    this.#shown = wanted;
    const items = childOrgs.map((org) => element('li', {}, link(org, org.slice(org.lastIndexOf('/') + 1))));
    this.#below.querySelector('ul').replaceChildren(...items);
  }
}
