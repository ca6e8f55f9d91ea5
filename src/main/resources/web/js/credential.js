/** The token of whoever looks, where the server asks for one: kept in this page's memory alone, gone with the page. */

import { element, setText } from './dom.js';
import { say } from './words.js';

/** A second subprotocol or a header of more than this no server would take. */
const LONGEST = 8192;

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

/** Another token than the one that was refused: at once if there is one by now, else when somebody has given it. */
export function tokenAfter(refused) {
  if (token !== null && token !== refused) {
    return Promise.resolve(token);
  }
  token = null;
  open(refused !== null);
  return new Promise((resolve) => waiting.push(resolve));
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
  box.close();
  const told = waiting;
  waiting = [];
  told.forEach((resolve) => resolve(token));
}
