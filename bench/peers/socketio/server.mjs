// A two-party chat as a good Node.js server does it: a prepared insert per message, an event to both members, then the
// acknowledgement. PORT, DATABASE and SYNC (NORMAL or FULL) are environment variables; the token is the person's id.
import Database from 'better-sqlite3';
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const db = new Database(process.env.DATABASE);
db.pragma('journal_mode = WAL');
db.pragma(`synchronous = ${process.env.SYNC ?? 'FULL'}`);
db.exec(`
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL, seq INTEGER NOT NULL, sender_id INTEGER NOT NULL,
    client_id TEXT NOT NULL, body TEXT NOT NULL, sent_at TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS messages_seq ON messages (room_id, seq);
  CREATE UNIQUE INDEX IF NOT EXISTS messages_client ON messages (room_id, client_id);
`);
const insert = db.prepare(
  'INSERT INTO messages (room_id, seq, sender_id, client_id, body, sent_at) VALUES (?, ?, ?, ?, ?, ?)',
);

const members = (room) => [2 * room - 1, 2 * room];
const last = new Map();

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => {
  const me = Number(socket.handshake.auth.token);
  socket.join(`person:${me}`);
  socket.on('post', ({ roomId, clientId, body }, acknowledge) => {
    const people = members(roomId);
    if (!people.includes(me) || typeof body !== 'string' || body.length > 4000) return acknowledge({ error: 'invalid' });
    const seq = (last.get(roomId) ?? 0) + 1;
    const sentAt = new Date().toISOString();
    insert.run(roomId, seq, me, clientId, body, sentAt);
    last.set(roomId, seq);
    const message = { roomId, seq, senderId: me, clientId, body, sentAt };
    io.to(`person:${people[0]}`).to(`person:${people[1]}`).emit('message', message);
    acknowledge(message);
  });
});
http.listen(Number(process.env.PORT), '127.0.0.1');
