// Messages of rooms that are not in view, in a corner: one for each room, at most three.
const most = 3;
const stay = 8_000; // ms, longer while the pointer or the focus is in it
const pattern = () => document.querySelector('[data-notices]');
const toasts = new Map(); // room -> { element, seq, count, timer }
const box = Object.assign(document.createElement('div'), { className: 'notice-toasts' });
box.setAttribute('aria-live', 'polite');
document.body.append(box);

const inView = (room) => !document.hidden && location.pathname === `/messages/${room}`;
const format = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);

export function show(event) {
  if (inView(event.room)) return silence(event);
  if (event.rings) setTimeout(() => ring(event), 150);
  if (document.hidden) return;
  // The list shows it.
  if (document.querySelector('[data-notice-list]')) return tellShown(event);
  const known = toasts.get(event.room);
  if (!known && (toasts.size === most || toasts.has(many))) return gather(event);
  draw(known ?? add(event), event);
  tellShown(event);
}

function add({ room }) {
  const element = pattern().firstElementChild.cloneNode(true);
  element.className = 'notice-toast';
  const toast = { element, count: 0 };
  toasts.set(room, toast);
  element.querySelector('[data-dismiss]').addEventListener('click', () => remove(room));
  element.querySelector('a').addEventListener('click', () => remove(room));
  for (const name of ['pointerenter', 'focusin']) element.addEventListener(name, () => clearTimeout(toast.timer));
  for (const name of ['pointerleave', 'focusout']) element.addEventListener(name, () => wait(room));
  box.append(element);
  return toast;
}

function draw(toast, { room, seq, from, listing, text, cover }) {
  toast.seq = seq;
  toast.count++;
  const link = toast.element.querySelector('a');
  link.href = `/messages/${room}?at=${seq}`;
  link.querySelector('strong').textContent = `${from} · ${listing}`;
  link.querySelector('.words').textContent = toast.count > 1 ? `${format(pattern().dataset.messages, toast.count)}: ${text}` : text;
  const picture = link.querySelector('img');
  picture.hidden = !cover;
  if (cover) picture.src = cover;
  wait(room);
}

// More than fit become one that leads to the list.
const many = 0;
const lost = -1;
function gather(event) {
  const rooms = new Set([...toasts.keys(), ...(toasts.get(many)?.rooms ?? []), event.room]);
  for (const one of [many, lost]) rooms.delete(one);
  for (const room of [...toasts.keys()]) remove(room);
  const toast = add({ room: many });
  toast.rooms = rooms;
  draw(toast, { room: many, seq: 0, from: '', listing: '', text: event.text });
  const link = toast.element.querySelector('a');
  link.href = '/messages';
  link.querySelector('strong').textContent = format(pattern().dataset.rooms, rooms.size);
  link.querySelector('.words').textContent = `${event.from}: ${event.text}`;
  tellShown(event);
}

function wait(room) {
  const toast = toasts.get(room);
  if (!toast) return;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => remove(room), stay);
}

function remove(room) {
  const toast = toasts.get(room);
  clearTimeout(toast?.timer);
  toast?.element.remove();
  toasts.delete(room);
}

/// Read elsewhere.
export function drop(room, seq) {
  if (toasts.get(room)?.seq <= seq) remove(room);
  const gathered = toasts.get(many);
  if (gathered?.rooms.delete(room) && gathered.rooms.size === 0) remove(many);
}

// Once a day: this device no longer gets push messages.
export function warn() {
  try {
    const [last, today] = [localStorage.getItem('push-warned'), new Date().toDateString()];
    if (last === today) return;
    localStorage.setItem('push-warned', today);
  } catch {
    return;
  }
  const toast = toasts.get(lost) ?? add({ room: lost });
  draw(toast, { room: lost, seq: 0, from: '', listing: '', text: pattern().dataset.lostWay });
  const link = toast.element.querySelector('a');
  link.href = '/account/manage/notifications#push';
  link.querySelector('strong').textContent = pattern().dataset.lost;
}

export function dropAll() {
  for (const room of [...toasts.keys()]) remove(room);
}
document.addEventListener('keydown', ({ key, target }) => {
  if (key === 'Escape' && !target.closest('dialog, [popover], .mud-dialog, textarea')) dropAll();
});

// The server then need not tell by other ways.
let telling = null;
function tellShown({ room, seq }) {
  clearTimeout(telling?.room === room ? telling.timer : undefined);
  const timer = setTimeout(() => fetch('/api/notifications/shown', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ roomId: room, seq }),
  }).catch(() => {}), 200);
  telling = { room, timer };
}

// Once, in one tab: the first that gets the lock notes what has been heard.
const rung = 'rung';
const mark = ({ room, seq }) => `${room}:${seq}`;

function silence(event) {
  try {
    localStorage.setItem(rung, mark(event));
  } catch {
    // A blocked storage: it rings.
  }
}

function isHeard(event) {
  try {
    return localStorage.getItem(rung) === mark(event);
  } catch {
    return false;
  }
}

async function ring(event) {
  // Browsers let only pages sound that somebody has touched.
  if (!navigator.userActivation?.hasBeenActive || !navigator.locks) return;
  await navigator.locks.request('notices-sound', { ifAvailable: true }, async (lock) => {
    if (!lock || isHeard(event)) return;
    silence(event);
    await sound();
  }).catch(() => {});
}

async function sound() {
  const audio = new AudioContext();
  const end = audio.currentTime + 0.5;
  for (const [pitch, start] of [[660, 0], [880, 0.12]]) {
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0.12, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(end);
  }
  dispatchEvent(new CustomEvent('notices:rang'));
  await new Promise((next) => setTimeout(next, 500));
  await audio.close();
}
