// The browser's outbox: messages stay in localStorage under their client id until the server confirms them. They are
// sent in order, one at a time, with retries; the server stores each client id once. An open room sends its own
// messages, and the inbox sends those of all other rooms.
const patience = 1000; // ms between attempts while the circuit is lost
const pause = (ms) => new Promise((next) => setTimeout(next, ms));
const senders = new Map(); // key -> the room's sending outbox, the last one opened

/// The outbox of one room; the key is person and room ("7:42"). `send` resolves to the server's answer.
export class Outbox extends EventTarget {
  /// The waiting entries, in order. An answered one has `stored`, a time, or `refused`, an error text.
  entries;
  /// The answer to the last attempt; null if none came, undefined before the first.
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
    // Entries of the same millisecond keep their order.
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

  forget(isOver) { this.entries = this.entries.filter((entry) => !isOver(entry)); }

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
    // An entry discarded while it was being sent must not come back.
    else if (read(nameOf(this.#key, entry))) put(this.#key, entry);
  }

  #changed() { this.dispatchEvent(new Event('change')); }
}

export function leave(key, text) { put(key, entryOf(text, Date.now())); }

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

// One key per entry, so that two tabs of one room do not overwrite each other.
function nameOf(key, entry) { return `outbox:${key}:${entry.id}`; }

function put(key, entry) { write(() => localStorage.setItem(nameOf(key, entry), JSON.stringify(entry))); }
function remove(key, entry) { write(() => localStorage.removeItem(nameOf(key, entry))); }

function write(act) {
  try {
    act();
  } catch {
    // Only the recovery after a reload needs the storage.
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
  // Version 7 (RFC 9562) keeps new ids adjacent in the database index; crypto.randomUUID makes version 4.
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
