/** The switch that lets the page fill the screen. */

import { element, setText } from './dom.js';
import { say } from './words.js';

/** A button where the browser can do it, null where it cannot. */
export function fullScreenButton() {
  if (!document.fullscreenEnabled) {
    return null;
  }
  const button = element('button', { type: 'button', id: 'full-screen' }, say('fullScreen'));
  button.addEventListener('click', () =>
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen(),
  );
  document.addEventListener('fullscreenchange', () =>
    setText(button, say(document.fullscreenElement === null ? 'fullScreen' : 'leaveFullScreen')),
  );
  return button;
}
