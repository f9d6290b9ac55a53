// The message being answered or edited, and its bar above the box. Kept in sessionStorage, so it survives a reload.
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

  get before() { return this.#current.before; }
  set before(text) { this.#current.before = text; }

  begin(message, edit, before) {
    this.#current = { ...message, edit, before };
    this.#bar.querySelector('[data-answering-to]').textContent = edit ? this.#words.editing : this.#words.answering.replace('{0}', message.name);
    this.#line.textContent = message.text;
    this.#bar.hidden = false;
    this.#save();
  }

  correct(text) {
    this.#current.text = text;
    this.#save();
  }

  end() {
    this.#current = null;
    this.#bar.hidden = true;
    this.#save();
  }

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
      // Only the recovery after a reload needs the storage.
    }
  }
}
