// The browser's outbox: what is written is kept here, under its client id, until the server says that it is stored; sent
// in order, one at a time, again after every failure. The server stores a client id once, however often it is sent. In a
// room that is open its composer sends, and shows what waits; in all others the list of conversations does.
// A key names a person and a room: "7:42".
const patience = 1000; // ms between two tries while the circuit is away
const pause = (ms) => new Promise((next) => setTimeout(next, ms));
const held = new Set(); // one for each composer on the page

/// What waits in a room, in its order.
export function unsent(key) {
  return stored(`outbox:${key}:`)
    .map((name) => read(name, null))
    .filter(Boolean)
    .sort((one, other) => one.at - other.at);
}

/// What is said at this moment.
export function entryOf(text, at, replyTo = null, pictures = []) { return { id: uuid(), text, at, replyTo, pictures }; }

export function keep(key, entry) { put(key, entry, entry); }
export function discard(key, entry) { put(key, entry, ''); }

// One name for each, so that two tabs of one room don't overwrite each other's.
function put(key, entry, value) {
  write(`outbox:${key}:${entry.id}`, value);
  document.dispatchEvent(new Event('outbox:changed'));
}

/// What became of an entry; nothing of one that was discarded meanwhile.
export function settle(key, entry) {
  if (entry.stored) discard(key, entry);
  else if (entry.refused && stored(`outbox:${key}:${entry.id}`).length > 0) keep(key, entry);
}

/// From now on only the caller sends in this room, until it calls what it gets.
export function hold(key) {
  const holder = { key };
  held.add(holder);
  return () => {
    held.delete(holder);
    document.dispatchEvent(new Event('outbox:left'));
  };
}

/// Sends what `next()` gives, one after the other, until it gives nothing. An entry gets `stored`, a time, or `refused`, a
/// sentence; `heard` gets it with the answer, null if there was none.
export async function pump(next, send, heard) {
  for (let entry; (entry = next()); ) {
    const reply = await send(entry.id, entry.text, entry.replyTo ?? null, entry.pictures ?? null).catch(() => null);
    if (reply && !reply.refused) entry.stored = Date.now();
    else if (reply && !reply.retryAfter) entry.refused = reply.text;
    heard(entry, reply);
    if (!reply || reply.retryAfter) await pause(reply?.retryAfter ?? patience);
  }
}

/// Sends what waits in this person's rooms that nobody holds, until the caller calls what it gets.
export function sendLeft(me, send) {
  const busy = new Set();
  let gone = false;

  async function empty(room) {
    const key = `${me}:${room}`;
    if (busy.has(room)) return;
    busy.add(room);
    const next = () => (gone || [...held].some((holder) => holder.key === key) ? null : unsent(key).find((entry) => !entry.refused));
    await pump(next, (...values) => send(room, ...values), (entry) => settle(key, entry));
    busy.delete(room);
  }

  function look() {
    for (const room of rooms(me)) empty(room);
  }

  look();
  document.addEventListener('outbox:left', look);
  document.addEventListener('circuit:back', look);
  return () => {
    gone = true;
    document.removeEventListener('outbox:left', look);
    document.removeEventListener('circuit:back', look);
  };
}

/// Tells in which rooms of this person something was refused for good, now and at each change, in whatever tab, until the
/// caller calls what it gets.
export function watchRefused(me, tell) {
  let told = '';

  function look() {
    const refused = rooms(me).filter((room) => unsent(`${me}:${room}`).some((entry) => entry.refused));
    if (String(refused) === told) return;
    told = String(refused);
    tell(refused).catch(() => { told = null; });
  }

  const onStorage = ({ key }) => { if (key?.startsWith(`outbox:${me}:`) ?? true) look(); };
  look();
  document.addEventListener('outbox:changed', look);
  document.addEventListener('circuit:back', look);
  addEventListener('storage', onStorage);
  return () => {
    document.removeEventListener('outbox:changed', look);
    document.removeEventListener('circuit:back', look);
    removeEventListener('storage', onStorage);
  };
}

// Where something of this person waits.
function rooms(me) { return [...new Set(stored(`outbox:${me}:`).map((name) => Number(name.split(':')[2])))]; }

function stored(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function uuid() {
  // Version 7 (RFC 9562): the time first, so that new ids stand side by side in the database.
  // The browser's own crypto.randomUUID is all chance, and missing where the address is not secure.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  const now = Date.now();
  view.setUint32(0, now / 0x10000);
  view.setUint16(4, now % 0x10000);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(name, value) {
  try {
    if (value === '') localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the safety net, not the message.
  }
}
