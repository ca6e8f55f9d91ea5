/** What the screens say, in the page's language. */

import { address } from './address.js';
import EN from './words-en.js';
import ZH from './words-zh.js';

const WORDS = address.lang === 'zh' ? ZH : EN;

/** The phrase of that key, its places {0}, {1} … filled. */
export function say(key, ...parts) {
  return WORDS[key].replace(/\{(\d)\}/g, (_, index) => parts[Number(index)]);
}
