/** Asks the REST API again and again, only while somebody can see the answer. */

import { serverUrl } from './address.js';
import { currentToken, tokenAfter, withToken } from './credential.js';

const TIMEOUT_MILLIS = 5000;

/** The JSON answer of a query; throws when there is none. */
export async function query(path, params) {
  return (await ask(path, params, 'application/json')).json();
}

/** A page that the server writes; throws when there is none. */
export async function queryPage(path, params) {
  return (await ask(path, params, 'text/html')).blob();
}

/** The answer of a query that gives a JSON object a line; throws when there is none. */
export async function queryLines(path, params) {
  const text = await (await ask(path, params, 'application/x-ndjson')).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

async function ask(path, params, accept) {
  const url = serverUrl(path);
  url.search = new URLSearchParams(params).toString();
  for (;;) {
    const used = currentToken();
    const answer = await fetch(url, { headers: withToken({ accept }), signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    if (answer.ok) {
      return answer;
    }
    if (answer.status !== 401) {
      throw new Error(`${url.pathname} answered ${answer.status}`);
    }
    await tokenAfter(used);
  }
}

/** Runs the task at once and then that often, while the element is on screen and the page in front. */
export function pollWhileVisible(target, everyMillis, task) {
  let onScreen = false;
  let running = false;
  let again = false;
  let timer;

  async function run() {
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    if (!onScreen || document.hidden) {
      return;
    }
    running = true;
    await task();
    running = false;
    if (again) {
      again = false;
      run();
    } else {
      timer = setTimeout(run, everyMillis);
    }
  }

  new IntersectionObserver((entries) => {
    onScreen = entries.at(-1).isIntersecting;
    run();
  }).observe(target);
  document.addEventListener('visibilitychange', run);
  return run;
}
