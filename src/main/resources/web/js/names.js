/** The names of groups of which only the id is told, asked for once each. */

import { query } from './poll.js';

const names = new Map();
const listeners = new Set();
let asking = false;
const wanted = [];

/** The name if it is known by now, else the id; whoever asks with a listener is told when more are known. */
export function groupName(id, onNamed) {
  if (!names.has(id)) {
    names.set(id, null);
    wanted.push(id);
  }
  if (names.get(id) === null) {
    listeners.add(onNamed);
    ask();
  }
  return names.get(id) ?? id;
}

/** One after the other, so that a list of many does not flood the server. */
async function ask() {
  if (asking) {
    return;
  }
  asking = true;
  while (wanted.length > 0) {
    const id = wanted.shift();
    try {
      const { name } = await query(`api/v1/groups/${encodeURIComponent(id)}`, {});
      names.set(id, name ?? id);
    } catch {
      // Its id stands for it as long as the page does; a group without an answer may be gone.
      names.set(id, id);
    }
  }
  asking = false;
  const told = [...listeners];
  listeners.clear();
  told.forEach((listener) => listener());
}
