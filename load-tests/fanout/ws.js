// node ws.js PORT PERIOD_MILLIS FRAMES BYTES: sends every client FRAMES texts each period, as the manual of ws does
const { WebSocketServer, WebSocket } = require('ws');
const [port, period, frames, bytes] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false });
let seq = 0;
setInterval(() => {
  for (let i = 0; i < frames; i++) {
    const text = JSON.stringify({ seq: seq++, pad: 'x'.repeat(bytes - 30) });
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN && client.bufferedAmount < 1 << 20) {
        client.send(text);
      }
    }
  }
}, period);
