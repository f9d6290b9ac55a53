// The browser's outbox: what is written is kept here, under its client id, until the server says that it is stored; sent
// in order, one at a time, again after every failure. The server stores a client id once, however often it is sent.
const pause = (ms) => new Promise((next) => setTimeout(next, ms));
const patience = 1000; // ms between two tries while the circuit is away

export function attach(server, area, options) {
  const text = area.querySelector('textarea');
  const sendButton = area.querySelector('[data-send]');
  const list = area.querySelector('[data-outbox]');
  const problem = area.querySelector('[data-problem]');
  const log = area.parentElement.querySelector('[role="log"]');
  const outboxKey = `outbox:${options.key}:`;
  const draftKey = text.dataset.draft;
  const entries = unsent(outboxKey);
  let state = options.sending;
  let sending = false;
  let gone = false;

  // One key for each, so that two tabs of one room don't overwrite each other's.
  function keep(entry) {
    write(outboxKey + entry.id, entry.stored ? '' : entry);
  }

  function draw() {
    // A stored message leaves once its real row is there, so that it neither doubles nor blinks.
    for (let i = entries.length - 1; i >= 0; i--)
      if (entries[i].stored && (entries[i].stored < Date.now() - 3000 || log.querySelector(`[data-client="${entries[i].id}"]`)))
        entries.splice(i, 1);
    list.hidden = entries.length === 0;
    list.replaceChildren(...entries.map(row));
    if (entries.length > 0) list.lastElementChild.scrollIntoView({ block: 'nearest' });
  }

  function row(entry) {
    const item = document.createElement('li');
    const body = document.createElement('p');
    body.textContent = entry.text;
    body.dir = 'auto';
    const note = document.createElement('small');
    note.textContent = entry.refused ? `${options.failed} · ${entry.refused} ` : state;
    if (entry.refused) note.append(button(options.retry, () => again(entry)), ' ', button(options.discard, () => remove(entry)));
    item.append(body, note);
    return item;
  }

  function button(name, act) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = name;
    made.addEventListener('click', act);
    return made;
  }

  function again(entry) { delete entry.refused; keep(entry); draw(); pump(); }
  function remove(entry) { entries.splice(entries.indexOf(entry), 1); write(outboxKey + entry.id, ''); draw(); }

  function show(sentence) {
    problem.textContent = sentence ?? '';
    problem.hidden = !sentence;
  }

  function submit() {
    // Half of an emoji can't travel: it becomes the sign for an unreadable character.
    const body = (text.value.toWellFormed?.() ?? text.value).trim();
    if (!body) return;
    if (body.length > options.longest) return show(options.tooLong.replace('{0}', body.length));
    show(null);
    const entry = { id: uuid(), text: body, at: Date.now() };
    entries.push(entry);
    keep(entry);
    text.value = '';
    saveDraft();
    draw();
    pump();
  }

  async function pump() {
    if (sending) return;
    sending = true;
    for (let entry; !gone && (entry = entries.find((e) => !e.stored && !e.refused)); ) await send(entry);
    sending = false;
  }

  async function send(entry) {
    try {
      const reply = await server.invokeMethodAsync('SendAsync', entry.id, entry.text);
      state = options.sending;
      if (!reply.refused) {
        entry.stored = Date.now();
        setTimeout(draw, 3100);
      } else if (reply.retryAfter) {
        state = reply.refused === 'RateLimited' ? options.tooFast : reply.text;
        draw();
        await pause(reply.retryAfter);
      } else {
        entry.refused = reply.text;
      }
      keep(entry);
    } catch {
      state = options.waiting;
      draw();
      await pause(patience);
    }
    draw();
  }

  function saveDraft() {
    write(draftKey, text.value);
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  }

  const onKey = (event) => {
    const touch = matchMedia('(pointer: coarse)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || touch) return;
    event.preventDefault();
    submit();
  };

  // app.js keeps what is typed from the first letter on, also before this script runs.
  text.value = read(draftKey, '');
  saveDraft();
  text.addEventListener('input', saveDraft);
  text.addEventListener('keydown', onKey);
  sendButton.addEventListener('click', () => { submit(); text.focus(); });
  const rows = new MutationObserver(() => { if (entries.length > 0) draw(); });
  rows.observe(log, { childList: true });
  draw();
  pump();
  area.dataset.ready = 'true';

  return {
    detach() {
      gone = true;
      rows.disconnect();
    },
  };
}

function uuid() {
  // crypto.randomUUID needs a secure context, which a development host in the local network is not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function unsent(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => read(key, null))
      .filter(Boolean)
      .sort((one, other) => one.at - other.at);
  } catch {
    return [];
  }
}

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key, value) {
  try {
    if (value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the safety net, not the message.
  }
}
