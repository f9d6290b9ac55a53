// What one answers or corrects, and its line above the box. It is there until it is sent or left, also over a reload, in
// this tab only.
export class Answer {
  #bar;
  #log;
  #key;
  #words;
  #current = null; // { seq, name, text, edit, before }

  constructor(bar, log, key, words) {
    this.#bar = bar;
    this.#log = log;
    this.#key = `answer:${key}`;
    this.#words = words;
  }

  get isOn() { return this.#current !== null; }
  get seq() { return this.#current?.seq ?? null; }
  get isEdit() { return Boolean(this.#current?.edit); }

  /// What the box held before a correction took its place.
  get before() { return this.#current.before; }
  set before(text) { this.#current.before = text; }

  /// `message` is { seq, name, text }; `before` what the box holds.
  begin(message, edit, before) {
    this.#current = { ...message, edit, before };
    this.#bar.querySelector('[data-answering-to]').textContent = edit ? this.#words.editing : this.#words.answering.replace('{0}', message.name);
    this.#line.textContent = message.text;
    this.#bar.hidden = false;
    this.#save();
  }

  /// What the correction has become.
  correct(text) {
    this.#current.text = text;
    this.#save();
  }

  end() {
    this.#current = null;
    this.#bar.hidden = true;
    this.#save();
  }

  /// Takes up what this tab was answering before a reload; the text of a correction, null otherwise.
  takeUp() {
    try {
      const { edit, before, ...message } = JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
      if (!message.seq) return null;
      this.begin(message, edit, before);
      return edit ? message.text : null;
    } catch {
      return null;
    }
  }

  /// Shows the message as it is now: it may have been corrected or deleted meanwhile.
  follow() {
    const body = this.isOn && this.#log.querySelector(`[data-seq="${this.seq}"] .body`);
    if (body && body.textContent !== this.#line.textContent) this.#line.textContent = body.textContent;
  }

  get #line() { return this.#bar.querySelector('[data-answering-text]'); }

  #save() {
    try {
      if (this.#current) sessionStorage.setItem(this.#key, JSON.stringify(this.#current));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // A full or forbidden storage costs the safety net only.
    }
  }
}
