/** By what the map of groups is coloured: the state, or a measure in steps. */

import * as format from './format.js';
import { STATES } from './states.js';
import { say } from './words.js';

/** Steps of a measure above "none": as many as an eye keeps apart. */
export const STEPS = 5;

const ratio = (window, name) => ({
  field: `windows.${window}.${name}`,
  raw: (group) => group.windows[window][name].value,
  text: format.percent,
});
const amount = (window, name, text) => ({
  field: `windows.${window}.${name}`,
  raw: (group) => group.windows[window][name],
  text,
});

/** Per way to colour: its words, its window, the field that holds it. Money is not for visitors. */
export const MEASURES = {
  state: { word: 'colState', window: 'now' },
  activeness: { word: 'mapActiveness', window: 'last5m', ...ratio('5m', 'activeness') },
  messages: { word: 'messages', window: 'last5m', ...amount('5m', 'messages', format.count) },
  ordersPaid: { word: 'ordersPaid', window: 'last5m', ...amount('5m', 'ordersPaid', format.count) },
  gmvPaid: { word: 'gmvPaid', window: 'last5m', ...amount('5m', 'gmvPaid', format.money), isMoney: true },
  conversion: { word: 'conversion', window: 'last30m', ...ratio('30m', 'conversion') },
};

/** The upper ends of the steps, such that each holds about as many of the values above zero. */
export function boundsOf(values) {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const bounds = [];
  for (let step = 1; step <= STEPS && sorted.length > 0; step += 1) {
    bounds.push(sorted[Math.ceil((step * sorted.length) / STEPS) - 1]);
  }
  return [...new Set(bounds)];
}

/** 0 for none, else the number of the step. */
export function stepOf(value, bounds) {
  return value > 0 ? Math.min(bounds.length, bounds.findIndex((bound) => value <= bound) + 1) : 0;
}

/** What each colour stands for: pairs of the mark (a state or a step) and its words. */
export function legendOf(measure, bounds) {
  if (measure.raw === undefined) {
    return STATES.map((state) => ({ state, text: say(state) }));
  }
  const upTo = bounds.map((bound, index) => ({ step: index + 1, text: `≤ ${measure.text(bound)}` }));
  return [{ step: 0, text: say('none') }, ...upTo];
}
