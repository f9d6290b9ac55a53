// What a module of the site finds in a browser, as little as the tests need, and the module itself.
import { readFile } from 'node:fs/promises';

/// A storage. A full one takes nothing.
export class Memory {
  #items = new Map();
  #isFull = false;

  fill() { this.#isFull = true; }

  getItem(name) { return this.#items.get(name) ?? null; }
  removeItem(name) { delete this[name]; this.#items.delete(name); }

  setItem(name, value) {
    if (this.#isFull) throw new Error('QuotaExceededError');
    this.#items.set(name, String(value));
    // Object.keys(localStorage) gives the names.
    this[name] = String(value);
  }
}

/// A fresh browser: two storages and a document that only carries events.
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

/// A promise that a test keeps or breaks when it likes.
export function promise() {
  let keep;
  const made = new Promise((resolve) => { keep = resolve; });
  return Object.assign(made, { keep });
}

/// A script of the site, anew: what it remembers of an earlier page is gone.
export async function load(name) {
  const source = await readFile(new URL(`../../Marketplace.Web/${name}`, import.meta.url), 'utf8');
  return import(`data:text/javascript,${encodeURIComponent(`${source}\n// ${loaded++}`)}`);
}
