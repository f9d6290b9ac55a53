// A minimal browser for testing the site's modules.
import { readFile } from 'node:fs/promises';

export class Memory {
  #items = new Map();
  #isFull = false;

  fill() { this.#isFull = true; }

  getItem(name) { return this.#items.get(name) ?? null; }
  removeItem(name) { delete this[name]; this.#items.delete(name); }

  setItem(name, value) {
    if (this.#isFull) throw new Error('QuotaExceededError');
    this.#items.set(name, String(value));
    // Object.keys(localStorage) must give the names.
    this[name] = String(value);
  }
}

/// Installs a fresh browser: two storages, and a document that only carries events.
export function open() {
  const window = new EventTarget();
  Object.assign(globalThis, {
    localStorage: new Memory(),
    sessionStorage: new Memory(),
    document: new EventTarget(),
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  });
}

let loaded = 0;

export function promise() {
  let keep;
  const made = new Promise((resolve) => { keep = resolve; });
  return Object.assign(made, { keep });
}

/// Loads a script of the site as a new module, without state of earlier pages.
export async function load(name) {
  const source = await readFile(new URL(`../../Marketplace.Web/${name}`, import.meta.url), 'utf8');
  return import(`data:text/javascript,${encodeURIComponent(`${source}\n// ${loaded++}`)}`);
}
