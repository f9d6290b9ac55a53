// What one has begun to write in a room: `text`, and `base`, what the server had of it when this was last agreed. Each tab has
// its own, over a reload too; the newest of all tabs is there for a tab that has none, and for one that was closed.

const pause = 1000; // ms after the last letter until the server is told

/// What to begin with, where the server keeps `kept`.
export function begin(name, kept) {
  const [tab, newest] = [look(sessionStorage, name), look(localStorage, name)];
  const mine = tab ?? newest;
  // Cleared here, and written anew at another device: that counts.
  if (mine && mine.text !== mine.base && (mine.text || mine.base === kept)) return mine;
  // What the server has is another tab's, not another device's.
  if (tab?.text && newest?.text === kept && kept !== tab.text) return tab;
  return { text: kept, base: kept };
}

/// What is in this tab's box now.
export function keep(name, draft) {
  for (const storage of ['sessionStorage', 'localStorage']) put(storage, name, draft);
}

/// As `keep`, for what was sent or taken: what another tab has begun meanwhile stays the newest. Whether it was this tab's.
export function settle(name, draft, before) {
  const newest = look(localStorage, name);
  const isMine = !newest || newest.text === before || newest.text === draft.text;
  put('sessionStorage', name, draft);
  if (isMine) put('localStorage', name, draft);
  return isMine;
}

/// One tab's draft of a room. `keepAtServer(text)` promises whether the server keeps it.
export class Draft {
  /// What is written; '' for none.
  text;
  #name;
  #base; // what the server had of it when this was last agreed
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

  /// Tells the server, once one has stopped writing.
  tellSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tell(), pause);
  }

  /// Tells the server now. A text that is too long to be sent stays here.
  async tell() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const { text } = this;
    if (text.length > this.#longest || !(await this.#keepAtServer(text).catch(() => false))) return;
    this.#base = text;
    if (this.text === text) keep(this.#name, { text, base: text });
  }

  /// Begins anew with `rest`, after `before` was sent. What another tab has begun meanwhile stays what other devices find.
  begin(rest, before) {
    this.text = rest;
    const isMine = settle(this.#name, { text: rest, base: rest }, before);
    if (isMine) this.tell();
    this.#base = rest;
  }

  /// Drops a draft that another device has sent, `bodies` being what came from there. What was written here since, or is no
  /// part of what was sent, stays. Whether it was dropped.
  dropSent(bodies) {
    const begun = this.text.trim();
    if (!begun || !this.isAgreed || !bodies.some((body) => body.startsWith(begun))) return false;
    this.#base = '';
    this.write('');
    return true;
  }

  /// Tells the server what it was not told yet.
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
    // A full or forbidden storage costs the safety net only.
  }
}
