import { isLost } from '/circuit.js';

const linger = 3000; // ms until a stored entry leaves even if the log does not show it

export function drawOutbox(outbox, { list, log, clock, words, signal }) {
  const rows = new WeakMap(); // by entry: what is said of it, and its item
  const isInLog = (entry) => Boolean(log.querySelector(`[data-client="${entry.id}"]`));

  function draw() {
    // A stored entry leaves once the log shows it, to avoid duplicates and flicker.
    outbox.forget((entry) => entry.stored && (entry.stored <= Date.now() - linger || isInLog(entry)));
    const waiting = outbox.entries.filter((entry) => !isInLog(entry));
    list.hidden = waiting.length === 0;
    show(waiting.map(row));
    if (outbox.entries.some((entry) => entry.stored)) setTimeout(draw, linger);
  }

  // What has not changed stays, so that a press on its button is not lost: every attempt asks to draw.
  function show(rows) {
    if (rows.length !== list.children.length || rows.some((row, i) => row !== list.children[i])) list.replaceChildren(...rows);
  }

  function row(entry) {
    const said = entry.refused ?? sentence(outbox.reply);
    if (rows.get(entry)?.said !== said) rows.set(entry, { said, item: make(entry, said) });
    return rows.get(entry).item;
  }

  function make(entry, said) {
    const item = document.createElement('li');
    const body = Object.assign(document.createElement('p'), { textContent: entry.text, dir: 'auto' });
    for (const photo of entry.pictures ?? []) item.append(Object.assign(document.createElement('img'), { src: `/files/${photo.thumbnail}`, alt: '' }));
    item.append(body, entry.refused ? refusal(entry) : state(entry, said));
    item.toggleAttribute('data-refused', Boolean(entry.refused));
    return item;
  }

  function refusal(entry) {
    const note = Object.assign(document.createElement('small'), { textContent: `${words.failed} · ${entry.refused}` });
    note.append(button(words.retry, () => outbox.retry(entry)), button(words.discard, () => outbox.discard(entry)));
    return note;
  }

  function state(entry, said) {
    const note = Object.assign(document.createElement('small'), { textContent: said });
    note.append(clock.cloneNode(true));
    if (said !== words.sending) note.append(button(words.discard, () => outbox.discard(entry)));
    return note;
  }

  function sentence(reply) {
    if (!navigator.onLine || isLost() || reply === null) return words.waiting;
    if (!reply?.retryAfter) return words.sending;
    return reply.refused === 'RateLimited' ? words.tooFast : reply.text;
  }

  function button(name, act) {
    const made = Object.assign(document.createElement('button'), { type: 'button', textContent: name });
    made.addEventListener('click', act);
    return made;
  }

  outbox.addEventListener('change', draw);
  for (const name of ['offline', 'online']) addEventListener(name, draw, { signal });
  draw();
  return { draw };
}
