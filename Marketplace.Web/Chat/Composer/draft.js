// The unsent text of a room: `text`, and `base`, the text that the server last confirmed. Each tab keeps its own in
// sessionStorage; localStorage holds the newest of all tabs, for new tabs.

const pause = 1000; // ms from the last input to the save at the server

export function begin(name, kept) {
  const [tab, newest] = [look(sessionStorage, name), look(localStorage, name)];
  const mine = tab ?? newest;
  // Unsynced text wins, but a draft cleared here loses to a newer one from another device.
  if (mine && mine.text !== mine.base && (mine.text || mine.base === kept)) return mine;
  // The server holds another tab's draft, so this tab keeps its own.
  if (tab?.text && newest?.text === kept && kept !== tab.text) return tab;
  return { text: kept, base: kept };
}

export function keep(name, draft) {
  for (const storage of ['sessionStorage', 'localStorage']) put(storage, name, draft);
}

/// Like `keep`, after a send: a newer draft than `mine`, of another tab, stays the newest. Returns whether there is none.
export function settle(name, draft, mine) {
  const newest = look(localStorage, name);
  const isMine = !newest || newest.text === draft.text || mine.includes(newest.text);
  put('sessionStorage', name, draft);
  if (isMine) put('localStorage', name, draft);
  return isMine;
}

export class Draft {
  text;
  #name;
  #base; // the text that the server last confirmed
  #keepAtServer;
  #longest;
  #timer = null;

  constructor(name, kept, longest, keepAtServer) {
    this.#name = name;
    this.#longest = longest;
    this.#keepAtServer = keepAtServer;
    ({ text: this.text, base: this.#base } = begin(name, kept));
  }

  get isAgreed() { return this.text === this.#base; }

  write(text) {
    this.text = text;
    keep(this.#name, { text, base: this.#base });
  }

  tellSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(), pause);
  }

  async tell() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const { text } = this;
    if (text.length > this.#longest || !(await this.#keepAtServer(text).catch(() => false))) return;
    this.#base = text;
    if (this.text === text) keep(this.#name, { text, base: text });
  }

  /// Starts over with `rest` after `before` was sent. If another tab has a newer draft, the server keeps that one.
  begin(rest, before) {
    // What was kept may have what was typed after the message too.
    const mine = [before, this.text];
    this.text = rest;
    // Not `rest`, which the server has not confirmed: a page that loads itself meanwhile would take what the server has.
    this.#base = '';
    if (settle(this.#name, { text: rest, base: '' }, mine)) this.tell();
  }

  /// Drops a draft that another device has sent (`bodies`), unless something else was typed here since.
  dropSent(bodies) {
    const begun = this.text.trim();
    if (!begun || !this.isAgreed || !bodies.some((body) => body.startsWith(begun))) return false;
    this.#base = '';
    this.write('');
    return true;
  }

  end() { return this.#timer ? this.tell() : undefined; }
}

function look(storage, name) {
  try {
    const draft = JSON.parse(storage.getItem(name));
    return typeof draft?.text === 'string' ? draft : null;
  } catch {
    return null;
  }
}

function put(storage, name, draft) {
  try {
    globalThis[storage].setItem(name, JSON.stringify(draft));
  } catch {
    // Only the recovery after a reload needs the storage.
  }
}
