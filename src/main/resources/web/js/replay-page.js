/** The page on which a finished sale is seen once more: at any speed, from any moment. */

import { address, linkTo, pageLink } from './address.js';
import { allGroups } from './all-groups.js';
import { Board } from './board.js';
import { setText } from './dom.js';
import * as format from './format.js';
import { Frame } from './frame.js';
import { Funnel, TIMES } from './funnel.js';
import { Orders } from './orders.js';
import { PastSale } from './past-sale.js';
import { Places } from './places.js';
import { Player } from './player.js';
import { query } from './poll.js';
import { ReplayBars } from './replay-bars.js';
import { ranked } from './replay-board.js';
import { ReplayPace } from './replay-pace.js';
import { widthOf } from './tiles.js';
import { say } from './words.js';

const MOST_LISTED = 24;
const LISTED_MILLIS = 300_000;
/** The board is of so long before the moment. */
const RANKED_MILLIS = 300_000;
const RANKED_EVERY_MILLIS = 500;
/** So much of the sale falls at once after a leap, unless another leap came so shortly before. */
const [FALLING_MILLIS, DRAG_MILLIS] = [5000, 400];
const find = (selector) => document.querySelector(selector);

/** What is shown of a moment, by the measure that a tile names. */
const TEXTS = {
  gmvPaid: format.longMoney,
  ordersPaid: format.count,
  rate: format.count,
  rainMoney: format.money,
  active: format.count,
};
const MONEY = new Set(['gmvPaid', 'rainMoney']);

/** Everything that moves with the moment. */
class Wall {
  #sale;
  #names;
  #orders = new Orders();
  #bars;
  #pace;
  #tiles = [...document.querySelectorAll('.tile [data-measure]')];
  #funnel = new Funnel(TIMES);
  #board = new Board('last5m', (kind) => this.#rank(kind));
  #kind = null;
  #at = null;
  #rankedAt = 0;
  #leaptAt = -Infinity;

  /** @param campaign as the query answers, @param names of its groups by id */
  constructor(sale, campaign, names) {
    this.#sale = sale;
    this.#names = names;
    this.#board.start();
    this.#bars = new ReplayBars(sale.minutes);
    this.#pace = new ReplayPace(sale, campaign);
  }

  show(left, t, leap) {
    const reading = this.#sale.at(t);
    for (const value of this.#tiles) {
      const measure = value.dataset.measure;
      const text = TEXTS[measure](reading[measure]);
      setText(value, text);
      value.style.setProperty('--digits', widthOf(text));
      if (!(address.masked && MONEY.has(measure))) {
        value.dataset.value = String(reading[measure]);
      }
    }
    this.#bars.show(t);
    this.#at = t;
    if (leap || t === this.#sale.to || performance.now() - this.#rankedAt >= RANKED_EVERY_MILLIS) {
      this.#rank(this.#kind);
      this.#pace.show(t, reading);
      this.#funnel.show(reading.steps);
    }
    setText(find('#moment'), format.time(t));
    setText(find('#moment-day'), `${format.day(t)} ${format.zone(t)}`);
    if (leap) {
      const before = this.#sale.between(Math.max(this.#sale.from, t - LISTED_MILLIS), t).slice(-MOST_LISTED);
      this.#orders.restart(before.map((order) => this.#named(order)), this.#fallSince(t));
    } else {
      const came = this.#sale.between(left, t).map((order) => this.#named(order));
      if (came.length > 0) {
        this.#orders.take({ kind: 'append', data: came });
      }
    }
  }

  /** Of a leap the last seconds fall; not of each of the many that a slider makes while it is dragged. */
  #fallSince(t) {
    const now = performance.now();
    const isDragged = now - this.#leaptAt < DRAG_MILLIS;
    this.#leaptAt = now;
    return isDragged ? Infinity : t - FALLING_MILLIS;
  }

  #rank(kind) {
    this.#kind = kind;
    if (this.#at !== null) {
      this.#rankedAt = performance.now();
      const orders = this.#sale.between(this.#at - RANKED_MILLIS, this.#at).map((order) => this.#named(order));
      this.#board.show(ranked(orders, kind), this.#at);
    }
  }

  #named(order) {
    return { ...order, name: this.#names.get(order.group) ?? null };
  }
}

/** The slider, the button and the speed; the address names the moment at which it was stopped, and the speed. */
class Controls {
  #slider = find('#slider');
  #button = find('#play');
  #speed = find('#speed');
  #sale;
  #player;

  constructor(sale, player) {
    this.#sale = sale;
    this.#player = player;
    this.#slider.addEventListener('input', () => {
      player.seek(sale.from + ((sale.to - sale.from) * Number(this.#slider.value)) / Number(this.#slider.max));
    });
    this.#slider.addEventListener('change', () => this.#keep());
    this.#button.addEventListener('click', () => {
      if (player.isPlaying) {
        player.pause();
        this.#keep();
      } else {
        player.play();
      }
      this.show();
    });
    this.#speed.addEventListener('change', () => {
      this.#takeSpeed();
      this.#keep();
    });
    if ([...this.#speed.options].some(({ value }) => value === address.speed)) {
      this.#speed.value = address.speed;
    }
    this.#takeSpeed();
    find('#controls').hidden = false;
  }

  show() {
    const { at, isPlaying } = this.#player;
    const part = (at - this.#sale.from) / (this.#sale.to - this.#sale.from);
    this.#slider.value = String(Math.round(part * Number(this.#slider.max)));
    this.#slider.setAttribute('aria-valuetext', format.time(at));
    setText(this.#button, say(isPlaying ? 'replayPause' : 'replayPlay'));
    document.body.dataset.playing = String(isPlaying);
    document.body.dataset.moment = String(Math.round(at));
  }

  #takeSpeed() {
    this.#player.speed = Number(this.#speed.value);
  }

  #keep() {
    history.replaceState(null, '', linkTo({ at: String(Math.round(this.#player.at)), speed: this.#speed.value }));
  }
}

async function namesOf(org) {
  const { groups } = await allGroups(org, ['group', 'name']);
  return new Map(groups.map(({ group, name }) => [group, name]));
}

function refuse(text) {
  setText(find('#why-not'), text);
  find('#back').href = pageLink('campaign.html', { campaign: address.campaign });
  find('#unknown').hidden = false;
}

async function replay() {
  const campaign = await query(`api/v1/campaigns/${encodeURIComponent(address.campaign)}`, {});
  setText(find('#campaign-name'), format.name(campaign.name ?? campaign.id));
  setText(find('#campaign-span'), format.span(campaign.from, campaign.to));
  new Places().stand(campaign.org ?? '');
  const to = Math.min(campaign.to, campaign.asOf);
  if (campaign.from >= to) {
    refuse(say('replayNotBegun'));
    return;
  }
  const sale = new PastSale({ ...campaign, to });
  await sale.load();
  if (campaign.ordersPaid > 0 && sale.minutes.every(({ ordersPaid }) => ordersPaid === 0)) {
    refuse(say('replayForgotten'));
    return;
  }
  const wall = new Wall(sale, campaign, await namesOf(campaign.org ?? ''));
  const player = new Player(sale, address.at ?? sale.from, (left, t, leap) => {
    wall.show(left, t, leap);
    controls.show();
  });
  const controls = new Controls(sale, player);
  controls.show();
}

const page = new Frame('campaign', say('pageReplay'));
page.start();
if (address.campaign === '') {
  // Which sale is chosen there.
  location.replace(pageLink('campaign.html', {}));
} else {
  replay().catch(() => refuse(say('notFresh')));
}
