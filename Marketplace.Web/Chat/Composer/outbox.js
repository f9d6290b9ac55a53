// The browser's outbox: what is written stays here, under its client id, until the server says that it is stored. It is sent
// in order, one at a time, and again after every failure; the server stores a client id once, however often it arrives. A
// room that is open sends its own; the list of conversations sends what was left in all others.
const patience = 1000; // ms between two tries while the circuit is away
const pause = (ms) => new Promise((next) => setTimeout(next, ms));
const senders = new Map(); // key -> the outbox that sends in that room: the one that was opened last

/// The outbox of one room. Its key names the person and the room: "7:42". `send(id, text, replyTo, pictures)` promises the
/// server's answer. The event `change` tells that an entry came, left, or was answered.
export class Outbox extends EventTarget {
  /// What waits, in its order. An entry gets `stored`, a time, or `refused`, a sentence.
  entries;
  /// The answer to the last try; null where none came, undefined before the first.
  reply;
  #key;
  #send;
  #isSending = false;

  constructor(key, send) {
    super();
    this.#key = key;
    this.#send = send;
    this.entries = unsent(key);
    senders.set(key, this);
  }

  add(text, replyTo = null, pictures = []) {
    // The order holds also for two within one millisecond.
    const entry = entryOf(text, Math.max(Date.now(), (this.entries.at(-1)?.at ?? 0) + 1), replyTo, pictures);
    this.entries.push(entry);
    put(this.#key, entry);
    this.#changed();
    this.sendAll();
  }

  retry(entry) {
    delete entry.refused;
    put(this.#key, entry);
    this.#changed();
    this.sendAll();
  }

  discard(entry) {
    this.forget((one) => one === entry);
    remove(this.#key, entry);
    this.#changed();
  }

  /// Drops entries from memory, such as those that the log shows by now.
  forget(isOver) { this.entries = this.entries.filter((entry) => !isOver(entry)); }

  /// Sends what waits until nothing does, or another outbox sends in this room.
  async sendAll() {
    if (this.#isSending) return;
    this.#isSending = true;
    for (let entry; (entry = this.#next()); ) {
      const { id, text, replyTo = null, pictures = null } = entry;
      this.reply = await this.#send(id, text, replyTo, pictures).catch(() => null);
      this.#settle(entry);
      this.#changed();
      if (!this.reply || this.reply.retryAfter) await pause(this.reply?.retryAfter ?? patience);
    }
    this.#isSending = false;
  }

  /// Leaves what still waits to the list of conversations.
  close() {
    if (senders.get(this.#key) !== this) return;
    senders.delete(this.#key);
    document.dispatchEvent(new Event('outbox:left'));
  }

  #next() { return senders.get(this.#key) === this ? this.entries.find((entry) => !entry.stored && !entry.refused) : null; }

  #settle(entry) {
    if (!this.reply || this.reply.retryAfter) return;
    if (this.reply.refused) entry.refused = this.reply.text;
    else entry.stored = Date.now();
    if (entry.stored) remove(this.#key, entry);
    // Not what was discarded while it was on its way.
    else if (read(nameOf(this.#key, entry))) put(this.#key, entry);
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}

/// Puts a text into the outbox of a room whose composer does not run yet.
export function leave(key, text) { put(key, entryOf(text, Date.now())); }

/// Sends what waits in this person's rooms that are not open, until the caller calls what it gets.
export function sendLeft(me, send) {
  const open = new Set();

  async function empty(room) {
    const outbox = new Outbox(`${me}:${room}`, (...values) => send(room, ...values));
    open.add(outbox);
    await outbox.sendAll();
    open.delete(outbox);
    outbox.close();
  }

  function look() {
    for (const room of rooms(me, (entry) => !entry.refused)) if (!senders.has(`${me}:${room}`)) empty(room);
  }

  look();
  document.addEventListener('outbox:left', look);
  document.addEventListener('circuit:back', look);
  return () => {
    document.removeEventListener('outbox:left', look);
    document.removeEventListener('circuit:back', look);
    for (const outbox of open) outbox.close();
  };
}

/// Tells in which rooms of this person something was refused for good, now and at each change, in whatever tab, until the
/// caller calls what it gets.
export function watchRefused(me, tell) {
  let told = '';

  function look() {
    const refused = rooms(me, (entry) => entry.refused);
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

// This person's rooms in which an entry is as asked.
function rooms(me, isAsked) {
  const all = new Set(stored(`outbox:${me}:`).map((name) => Number(name.split(':')[2])));
  return [...all].filter((room) => unsent(`${me}:${room}`).some(isAsked));
}

function unsent(key) {
  return stored(`outbox:${key}:`)
    .map(read)
    .filter(Boolean)
    .sort((one, other) => one.at - other.at);
}

function entryOf(text, at, replyTo = null, pictures = []) { return { id: uuid(), text, at, replyTo, pictures }; }

// A name for each entry, so that two tabs of one room do not overwrite each other's.
function nameOf(key, entry) { return `outbox:${key}:${entry.id}`; }

function put(key, entry) { write(() => localStorage.setItem(nameOf(key, entry), JSON.stringify(entry))); }
function remove(key, entry) { write(() => localStorage.removeItem(nameOf(key, entry))); }

function write(act) {
  try {
    act();
  } catch {
    // A full or forbidden storage costs the safety net, not the message.
  }
  document.dispatchEvent(new Event('outbox:changed'));
}

function stored(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
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
