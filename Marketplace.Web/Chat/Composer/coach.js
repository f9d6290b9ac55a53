// Tells the writer what a text looks like before it is sent. The server answers at once or is not waited for.
const patience = 1000; // ms
const name = 'coach:wrong';

/// `ask` resolves to the server's findings: { rule, words, text }; `tell` counts what was shown and answered.
export class Coach {
  #panel;
  #found;
  #ask;
  #tell;
  #shown = [];
  #wrong = new Set(read());

  constructor(panel, ask, send, tell = () => {}) {
    this.#panel = panel;
    this.#found = panel.querySelector('[data-coach-found]');
    this.#ask = ask;
    this.#tell = tell;
    panel.querySelector('[data-coach-send]').addEventListener('click', () => {
      tell('CoachAnswered', false);
      send();
    });
    panel.querySelector('[data-coach-wrong]').addEventListener('click', () => {
      for (const { rule } of this.#shown) this.#wrong.add(rule);
      write([...this.#wrong]);
      tell('CoachAnswered', true);
      send();
    });
  }

  get isOpen() { return !this.#panel.hidden; }

  async find(text) {
    if (navigator.onLine === false) return [];
    const late = new Promise((end) => setTimeout(() => end([]), patience));
    const found = await Promise.race([this.#ask(text), late]).catch(() => []);
    return found.filter(({ rule }) => !this.#wrong.has(rule));
  }

  show(found) {
    this.#shown = found;
    this.#panel.hidden = false;
    this.#tell('CoachShown', found.map(({ rule }) => rule));
    // Filled once it is shown, so that screen readers say it.
    this.#found.replaceChildren(...found.map(drawn));
  }

  focus() { this.#panel.querySelector('[data-coach-send]').focus(); }

  close() {
    this.#shown = [];
    this.#panel.hidden = true;
    this.#found.replaceChildren();
  }
}

function drawn({ words, text }) {
  const line = document.createElement('p');
  if (words) line.append(Object.assign(document.createElement('q'), { textContent: words, dir: 'auto' }), ' ');
  line.append(text);
  return line;
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}

function write(rules) {
  try {
    sessionStorage.setItem(name, JSON.stringify(rules));
  } catch {
    // Without storage, it is asked again on the next page.
  }
}
