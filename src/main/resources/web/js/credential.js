/**
 * The token of whoever looks, where the server asks for one: in the memory of this page, and of a worker that outlives the
 * page by some seconds, so that the way from one page to another is not a way to the login. It is written down nowhere.
 */

import { element, setText } from './dom.js';
import { say } from './words.js';

/** A second subprotocol or a header of more than this no server would take. */
const LONGEST = 8192;

/** A keeper that does not answer by then is none. */
const KEEPER_MILLIS = 1000;

const keeper = startKeeper();
let token = null;
let waiting = [];
let box = null;

/** The token that was given, or null. */
export function currentToken() {
  return token;
}

/** The headers of a request, with the token if there is one. */
export function withToken(headers) {
  return token === null ? headers : { ...headers, authorization: `Bearer ${token}` };
}

/** Another token than the one that was refused: if there is one by now or another page left one, else when somebody has given it. */
export async function tokenAfter(refused) {
  if (token !== null && token !== refused) {
    return token;
  }
  const kept = await keptToken();
  if (kept !== null && kept !== refused) {
    token = kept;
    return token;
  }
  token = null;
  open(refused !== null);
  return new Promise((resolve) => waiting.push(resolve));
}

/** Null where the browser has no such worker: then each page asks. */
function startKeeper() {
  try {
    const worker = new SharedWorker(keeperScript(), { extendedLifetime: true });
    worker.port.start();
    return worker.port;
  } catch {
    return null;
  }
}

/** The one script that may be started here; pages that demand trusted types want to be told so. */
function keeperScript() {
  const script = new URL('token-keeper.js', import.meta.url).href;
  return globalThis.trustedTypes?.createPolicy('token-keeper', { createScriptURL: () => script }).createScriptURL('') ?? script;
}

/** What another page has left with the keeper, or null. */
function keptToken() {
  if (keeper === null) {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    const n = Math.random();
    const answered = ({ data }) => data.n === n && done(data.token);
    const timer = setTimeout(() => done(null), KEEPER_MILLIS);
    function done(kept) {
      clearTimeout(timer);
      keeper.removeEventListener('message', answered);
      resolve(kept);
    }
    keeper.addEventListener('message', answered);
    keeper.postMessage({ n });
  });
}

function open(wasRefused) {
  box ??= build();
  // whoever asked without a token does not take back that one was refused
  if (wasRefused || !box.open) {
    setText(box.querySelector('#login-why'), say(wasRefused ? 'loginRefused' : 'loginNeeded'));
  }
  if (!box.open) {
    box.showModal();
  }
}

function build() {
  const input = element('input', {
    id: 'login-token',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: String(LONGEST),
    required: '',
  });
  const form = element(
    'form',
    {},
    element('h2', { id: 'login-title' }, say('login')),
    element('p', { id: 'login-why', role: 'status' }),
    element('label', { for: 'login-token' }, say('loginToken')),
    input,
    element('p', {}, say('loginMemory')),
    element('button', { type: 'submit' }, say('login')),
  );
  const dialog = element('dialog', { id: 'login', 'aria-labelledby': 'login-title' }, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(input);
  });
  // Without a token there is nothing behind the box to go back to.
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(dialog);
  return dialog;
}

function take(input) {
  const given = input.value.trim();
  input.value = '';
  if (!/^[\x21-\x7e]+$/.test(given)) {
    setText(box.querySelector('#login-why'), say('loginRefused'));
    return;
  }
  token = given;
  keeper?.postMessage({ keep: given });
  box.close();
  const told = waiting;
  waiting = [];
  told.forEach((resolve) => resolve(token));
}
