// node socketio.js PORT PERIOD_MILLIS FRAMES BYTES: broadcasts FRAMES messages each period, as the manual of Socket.IO does
const { createServer } = require('http');
const { Server } = require('socket.io');
const [port, period, frames, bytes] = process.argv.slice(2).map(Number);
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
http.listen(port, '127.0.0.1');
let seq = 0;
setInterval(() => {
  for (let i = 0; i < frames; i++) {
    io.emit('update', { seq: seq++, pad: 'x'.repeat(bytes - 45) });
  }
}, period);
