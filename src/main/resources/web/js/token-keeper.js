/** A worker that all pages of the monitor share: it holds the token in its memory while one page makes way for the next. */

let token = null;

addEventListener('connect', ({ ports: [port] }) => {
  port.addEventListener('message', ({ data }) => {
    if ('keep' in data) {
      token = data.keep;
    } else {
      port.postMessage({ n: data.n, token });
    }
  });
  port.start();
});
