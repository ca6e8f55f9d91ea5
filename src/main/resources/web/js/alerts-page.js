/** The page of the alerts: what is wrong now, and what was. */

import { address, pageLink } from './address.js';
import { AlertLog } from './alert-log.js';
import { showAlerts } from './alert-rows.js';
import { setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { Places } from './places.js';
import { pollWhileVisible, query } from './poll.js';
import { say } from './words.js';

const SILENCE_MILLIS = 5000;
const MOST_SHOWN = 200;
const find = (selector) => document.querySelector(selector);

/** Both lists as they stand, drawn anew at each change and as time goes on. */
class Panels {
  #firing = [];
  #resolved = [];
  #incomplete = false;
  #silence = new Map();
  #asOf = 0;

  changed(firing, resolved, incomplete) {
    this.#firing = firing;
    this.#resolved = resolved;
    this.#incomplete = incomplete;
    this.#show();
  }

  at(asOf) {
    this.#asOf = asOf;
    this.#show();
  }

  /** What is expected and seen by now of the groups that are silent. */
  async loadSilence() {
    try {
      const answer = await query('api/v1/groups', {
        org: address.org,
        state: 'SILENT',
        limit: '1000',
        fields: 'group,silence',
      });
      this.#silence = new Map(answer.items.map(({ group, silence }) => [group, silence]));
    } catch {
      this.#silence = new Map();
    }
    this.#show();
  }

  #show() {
    const [firing, resolved] = [find('#firing'), find('#resolved')];
    const count = this.#firing.length;
    setText(firing.querySelector('.told'), count === 0 ? say('noAlertsFiring') : say('alertsCount', format.count(count)));
    firing.dataset.any = String(count > 0);
    showAlerts(firing.querySelector('ol'), this.#firing.slice(0, MOST_SHOWN), this.#asOf, this.#silence);
    setText(firing.querySelector('.note'), this.#restText());
    resolved.querySelector('.nothing').hidden = this.#resolved.length > 0;
    showAlerts(resolved.querySelector('ol'), this.#resolved.slice(0, MOST_SHOWN), this.#asOf);
  }

  #restText() {
    const rest = this.#firing.length - MOST_SHOWN;
    if (rest > 0) {
      return say('alertsMore', format.count(rest));
    }
    return this.#incomplete ? say('alertsIncomplete') : '';
  }
}

const page = new Frame('alerts', say('pageAlerts'));
const panels = new Panels();
const places = new Places();
places.stand(address.org);
const log = new AlertLog(address.org, (firing, resolved, incomplete) => panels.changed(firing, resolved, incomplete));
page.feed.subscribe(`alerts:${address.org}`, 250, (frame) => {
  find('#unknown').hidden = frame.kind !== 'error';
  if (frame.kind === 'error') {
    setText(find('#unknown-org'), frame.code === 'unknown_topic' ? say('unknownOrg', address.org) : frame.detail);
    find('#back').href = pageLink('alerts.html', { org: '' });
    return;
  }
  log.take(frame);
});
page.feed.subscribe(`org:${address.org}`, 1000, (frame, org) => {
  if (frame.kind !== 'error') {
    page.clock.heard(frame.asOf);
    places.show(org.childOrgs);
    panels.at(frame.asOf);
  }
});
page.start();
pollWhileVisible(find('#firing'), SILENCE_MILLIS, () => panels.loadSilence());
