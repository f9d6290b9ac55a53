// Handles input before the circuit is ready, which takes seconds on slow connections. Sent text goes to the outbox,
// typed text moves to the interactive box (circuit.js), and clicks are queued, shown as pressed, and replayed.
import '/circuit.js';
import { fill, writeOn } from '/Chat/Composer/caret.js';
import { begin, keep as keepDraft } from '/Chat/Composer/draft.js';
import { leave } from '/Chat/Composer/outbox.js';

const parts = '[data-room], [data-seq], .list-frame, .log-frame, .composer-area, .room-header, main';
// Elements handled by the scripts of their part; all others are handled by the server.
const scripted = '[data-menu], [data-more-found], [data-jump], [data-react], [data-older], [data-newer], [data-day], [data-to-end], [data-send], [data-suggest], [data-wrong], [data-find]';
const patience = 30_000; // ms after which queued input is dropped
const pressed = []; // { within, path, like, at, value }, oldest first
let restored = false;

const box = () => document.querySelector('textarea[data-draft]:not(.stand-in)');

// True until the box's own script has taken over, or while a stand-in replaces it.
const isEarly = (area) => Boolean(area?.matches('.stand-in') || area?.closest('.composer-area:not([data-ready])'));

function lives(element) {
  if (!document.querySelector('main[data-interactive]')) return false;
  const frame = element.matches('[data-help]') ? document.querySelector('.list-frame') : element.matches(scripted) && element.closest('.composer-area, .list-frame, .log-frame');
  return !frame || frame.matches('[data-ready], [data-live], [data-begun]');
}

function restore() {
  const text = !restored && box();
  if (!text) return;
  restored = true;
  if (!isEarly(text)) return;
  const { value, defaultValue } = text;
  const kept = begin(text.dataset.draft, defaultValue).text;
  // Written before this script came: behind what was kept.
  if (value !== defaultValue) {
    if (!value.startsWith(kept)) text.value = kept + (value.startsWith(defaultValue) ? value.slice(defaultValue.length) : value);
    keepDraft(text.dataset.draft, { text: text.value, base: defaultValue });
  } else if (!value) text.value = kept;
  writeOn(text);
}

function send(text, value) {
  const said = (value.toWellFormed?.() ?? value).trim();
  const { draft, longest } = text.dataset;
  if (!said || said.length > Number(longest)) return;
  leave(draft.replace(/^draft:/, ''), said);
  const list = document.querySelector('[data-outbox]');
  if (!list) return;
  const row = document.createElement('li');
  row.append(Object.assign(document.createElement('p'), { textContent: said, dir: 'auto' }));
  list.append(row);
  list.hidden = false;
  row.scrollIntoView({ block: 'nearest' });
}

function sendBox(text) {
  send(text, text.value);
  if (text.value.trim().length > Number(text.dataset.longest)) return;
  text.value = '';
  keepDraft(text.dataset.draft, { text: '', base: begin(text.dataset.draft, text.defaultValue).base });
}

function find({ within, path, like }) {
  const element = path.reduce((at, index) => at?.children[index], document.querySelector(within));
  // The interactive page may show something else at this place.
  return element && likeness(element) === like ? element : null;
}

// Tag, label and text without digits, as numbers may change.
function likeness(element) {
  const name = element.getAttribute('aria-label') ?? element.querySelector('[aria-label]')?.getAttribute('aria-label') ?? '';
  return `${element.tagName} ${name} ${element.textContent}`.replace(/[\d\s]+/g, ' ');
}

function place(element) {
  const part = element.closest(parts);
  const { room, seq } = part.dataset;
  const within = room ? `[data-room="${room}"]` : seq ? `[data-seq="${seq}"]` : part.matches('main') ? 'main' : `.${part.classList[0]}`;
  const path = [];
  for (let at = element; at !== part; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return { within, path, like: likeness(element) };
}

document.addEventListener('click', (event) => {
  const control = event.target.closest('main button, main summary');
  if (!control || event.defaultPrevented || lives(control)) return;
  const text = box();
  if (text && isEarly(text) && control.matches('[data-send]')) sendBox(text);
  else if (text && isEarly(text) && control.matches('[data-suggest]')) {
    fill(text, control.textContent.trim());
    control.closest('[data-suggestions]').hidden = true;
  } else if (!control.matches('details.rest summary, details.earlier summary')) {
    pressed.push({ ...place(control), at: Date.now() });
    control.setAttribute('aria-busy', 'true');
    event.preventDefault();
  }
}, true);

document.addEventListener('keydown', (event) => {
  if (!event.target.matches('textarea[data-draft]') || !isEarly(event.target)) return;
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || matchMedia('(pointer: coarse)').matches) return;
  event.preventDefault();
  sendBox(event.target);
}, true);

document.addEventListener('input', ({ target }) => {
  if (target.matches('main input:not([type="file"], [type="checkbox"], [type="radio"]), main select') && !lives(target)) keepValue(target);
  if (!target.dataset.draft) return;
  const { base } = begin(target.dataset.draft, target.defaultValue);
  keepDraft(target.dataset.draft, { text: target.value, base });
  // Capturing, to run before the box's own script, which stores the draft without an edit's text.
}, true);

function keepValue(field) {
  const { within, path, like } = place(field);
  const last = pressed.findIndex((one) => one.within === within && String(one.path) === String(path));
  if (last >= 0) pressed.splice(last, 1);
  pressed.push({ within, path, like, at: Date.now(), value: field.value });
}

function follow() {
  restore();
  for (const one of [...pressed]) {
    const element = find(one);
    const isOver = Date.now() - one.at >= patience;
    if (element && !isOver && !lives(element)) return;
    if (!element && !isOver) continue;
    pressed.splice(pressed.indexOf(one), 1);
    if (!isOver) redo(element, one.value);
  }
}

function redo(element, value) {
  if (value === undefined) return element.click();
  // circuit.js hands over a field that is being typed in.
  if (element.value && !element.matches('select')) return;
  element.value = value;
  for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true }));
}
new MutationObserver(follow).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready', 'data-live', 'data-begun', 'data-interactive'] });
follow();
