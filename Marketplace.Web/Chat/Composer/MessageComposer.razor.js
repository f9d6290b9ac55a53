// Where one writes: the box, what waits to be sent, the answer or correction, and the draft.
import { call, isLost, live, takeOver } from '/circuit.js';
import { begin, keep as keepLocally, settle as settleDraft } from '/Chat/Composer/draft.js';
import { discard, entryOf, hold, keep, pump, settle, unsent } from '/Chat/Composer/outbox.js';
import { makeQuick } from '/Chat/Composer/quick.js';
import { makeTray } from '/Chat/Composer/tray.js';

export function attach(server, area, options) {
  const part = `composer:${options.key}`;
  takeOver(part);
  const text = area.querySelector('textarea');
  const sendButton = area.querySelector('[data-send]');
  const list = area.parentElement.querySelector('[data-outbox]');
  const problem = area.querySelector('[data-problem]');
  const log = area.parentElement.querySelector('[role="log"]');
  const answering = area.querySelector('[data-answering]');
  const clock = area.querySelector('[data-clock]');
  const answeringText = area.querySelector('[data-answering-text]');
  const suggestions = area.querySelector('[data-suggestions]');
  const pane = area.parentElement;
  const draftKey = text.dataset.draft;
  const answerKey = `answer:${options.key}`;
  const release = hold(options.key);
  const entries = unsent(options.key);
  const ahead = options.now - Date.now(); // the server's clock decides what may still be corrected
  let state = options.sending;
  let sending = false;
  let gone = false;
  let answer = null; // { seq, … } of the message that is answered, or corrected where `edit` is true
  let signed = 0; // when the other was last told that one writes
  let newest = Number(log.dataset.newest); // one's own message up to which the draft is none of them
  let base = ''; // what the server had of the draft when this was last agreed
  let isOver = false; // whether the text is too long to be sent
  let kept = null; // the timer after which the server keeps the draft

  const tray = makeTray(area, {
    key: `pictures:${options.key}`, most: options.most, words: options.tray, say: show,
    changed: () => { showSend(); if (tray.isReady && problem.textContent === options.tray.uploading) show(null); },
  });

  function draw() {
    // A stored message leaves once its real row is there, so that it neither doubles nor blinks.
    for (let i = entries.length - 1; i >= 0; i--)
      if (entries[i].stored && (entries[i].stored < Date.now() - 3000 || log.querySelector(`[data-client="${entries[i].id}"]`)))
        entries.splice(i, 1);
    // One that is in the log already may still wait for its answer: it is shown once.
    const waiting = entries.filter((entry) => !log.querySelector(`[data-client="${entry.id}"]`));
    list.hidden = waiting.length === 0;
    list.replaceChildren(...waiting.map(row));
  }

  function row(entry) {
    const item = document.createElement('li');
    const body = document.createElement('p');
    body.textContent = entry.text;
    body.dir = 'auto';
    const note = document.createElement('small');
    note.textContent = entry.refused ? `${options.failed} · ${entry.refused}` : navigator.onLine && !isLost() ? state : options.waiting;
    item.toggleAttribute('data-refused', Boolean(entry.refused));
    if (!entry.refused) note.append(clock.firstElementChild.cloneNode(true));
    if (entry.refused) note.append(button(options.retry, () => again(entry)), button(options.discard, () => remove(entry)));
    for (const photo of entry.pictures ?? []) item.append(Object.assign(document.createElement('img'), { src: `/files/${photo.thumbnail}`, alt: '' }));
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

  function again(entry) { delete entry.refused; keep(options.key, entry); draw(); send(); }
  function remove(entry) { entries.splice(entries.indexOf(entry), 1); discard(options.key, entry); draw(); }

  function show(sentence) {
    problem.textContent = sentence ?? '';
    problem.hidden = !sentence;
  }

  function submit() {
    // Half of an emoji can't travel: it becomes the sign for an unreadable character.
    const body = (text.value.toWellFormed?.() ?? text.value).trim();
    if (!body && (tray.isEmpty || answer?.edit)) return;
    // Sent when the last picture has arrived: until then the button waits.
    if (!tray.isReady && !answer?.edit) return show(tray.problem);
    if (body.length > options.longest) return showLength();
    show(null);
    if (answer?.edit) return correct(answer.seq, body);
    // Also of two in one millisecond the first is the first.
    const at = Math.max(Date.now(), (entries.at(-1)?.at ?? 0) + 1);
    const entry = entryOf(body, at, answer?.seq, tray.take());
    entries.push(entry);
    keep(options.key, entry);
    clear();
    draw();
    send();
    pane.dispatchEvent(new CustomEvent('chat:sent'));
  }

  // A correction is not kept for later: by then it may be too late for it. The text stays in the box until it is stored.
  async function correct(seq, body) {
    sendButton.disabled = true;
    try {
      const reply = await call(server, 'EditAsync', seq, body);
      if (reply.refused) show(reply.text);
      // Whoever left the correction meanwhile writes something else by now.
      else if (answer?.edit && answer.seq === seq) clear();
    } catch {
      show(options.notSaved);
    } finally {
      sendButton.disabled = false;
    }
  }

  function clear() {
    const [rest, before] = answer?.edit ? [answer.before, answer.before] : ['', text.value];
    endAnswer();
    text.value = rest;
    signed = 0;
    showDraft();
    // What another tab has begun meanwhile stays what other devices find.
    if (settleDraft(draftKey, { text: rest, base: rest }, before)) keepDraft(rest);
    base = rest;
  }

  function beginAnswer(detail, edit) {
    showAnswer(detail, edit, answer?.edit ? answer.before : text.value);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  function showAnswer(detail, edit, before) {
    answer = { ...detail, edit, before };
    answering.querySelector('[data-answering-to]').textContent = edit ? options.editing : options.answering.replace('{0}', detail.name);
    answeringText.textContent = detail.text;
    answering.hidden = false;
    if (edit) text.value = detail.text;
    grow();
    keepAnswer();
  }

  // Until it is sent or left, also over a page that is loaded anew; in this tab only.
  function keepAnswer() {
    try {
      if (answer) sessionStorage.setItem(answerKey, JSON.stringify({ ...answer, text: answer.edit ? text.value : answer.text }));
      else sessionStorage.removeItem(answerKey);
    } catch {
      // A full or forbidden storage costs the safety net only.
    }
  }

  function takeAnswer() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(answerKey));
      if (kept) showAnswer(kept, kept.edit, kept.before);
    } catch {
      // As above.
    }
  }

  // What was corrected or deleted meanwhile does not stay here as it was.
  function followAnswer() {
    const body = answer && log.querySelector(`[data-seq="${answer.seq}"] .body`);
    if (body && body.textContent !== answeringText.textContent) answeringText.textContent = body.textContent;
  }

  function endAnswer() {
    answer = null;
    answering.hidden = true;
    keepAnswer();
  }

  // Escape, or the cross: what was there before a correction comes back.
  function leaveAnswer() {
    const before = answer?.edit ? answer.before : text.value;
    endAnswer();
    text.value = before;
    saveDraft();
    text.focus();
  }

  async function send() {
    if (sending) return;
    sending = true;
    await pump(() => (gone ? null : entries.find((entry) => !entry.stored && !entry.refused)), (...values) => call(server, 'SendAsync', ...values), heard);
    sending = false;
  }

  function heard(entry, reply) {
    state = !reply ? options.waiting : !reply.retryAfter ? options.sending : reply.refused === 'RateLimited' ? options.tooFast : reply.text;
    settle(options.key, entry);
    if (entry.stored) setTimeout(draw, 3100);
    draw();
  }

  function saveDraft() {
    keepLocally(draftKey, { text: draft(), base });
    showDraft();
  }

  function showDraft() {
    // They are for an empty box: one that is taken is sent in place of what is written.
    if (suggestions) suggestions.hidden = entries.length > 0 || text.value !== '';
    grow();
  }

  // What is being written; a correction is none of it.
  function draft() { return answer?.edit ? answer.before : text.value; }

  // What the server has of it: what another device makes of that later, counts more than what is left here. What is too long
  // to be sent stays here.
  function keepDraft(value) {
    clearTimeout(kept);
    kept = null;
    if (value.length > options.longest) return Promise.resolve();
    return call(server, 'DraftAsync', value).then((isKept) => {
      if (!isKept) return;
      base = value;
      if (draft() === value) keepLocally(draftKey, { text: value, base });
    }).catch(() => {});
  }

  // A draft that one has sent from another device is none any more. What was written here after it, or is none of what was
  // sent, stays.
  function followDraft() {
    const fresh = [...log.querySelectorAll('.message.mine')].filter((one) => Number(one.dataset.seq) > newest);
    newest = Math.max(newest, ...fresh.map((one) => Number(one.dataset.seq)));
    const begun = draft().trim();
    if (!begun || draft() !== base || !fresh.some((one) => isFromElsewhere(one) && one.querySelector('.body')?.textContent.startsWith(begun))) return;
    if (answer?.edit) answer.before = '';
    else text.value = '';
    base = '';
    saveDraft();
  }

  function isFromElsewhere({ dataset }) { return !entries.some((entry) => entry.id === dataset.client); }

  // Quiet while there is nothing to send.
  function showSend() { sendButton.toggleAttribute('data-quiet', !text.value.trim() && tray.isEmpty); }

  function grow() {
    showSend();
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  }

  const quick = makeQuick(area, text, () => call(server, 'QuickAsync'), saveDraft);

  // Said as soon as it is so, and until it no longer is.
  function showLength() {
    const { length } = text.value.trim();
    const over = length > options.longest;
    if (over) show(options.tooLong.replace('{0}', grouped(length)));
    else if (isOver) show(null);
    isOver = over;
  }

  const onInput = () => {
    saveDraft();
    showLength();
    if (answer?.edit) return keepAnswer();
    clearTimeout(kept);
    kept = setTimeout(() => keepDraft(draft()), 1000);
    if (!text.value.trim() || Date.now() - signed < 2500) return;
    signed = Date.now();
    call(server, 'TypingAsync').catch(() => {});
  };

  const onKey = (event) => {
    if (quick.key(event)) return;
    const touch = matchMedia('(pointer: coarse)').matches;
    if (event.key === 'Escape') return answer ? leaveAnswer() : toList();
    if (event.key === 'ArrowUp' && !text.value && !answer) return correctLast(event);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || touch) return;
    event.preventDefault();
    submit();
  };

  function toList() {
    const current = document.querySelector('.conversations a[aria-current]');
    if (current?.checkVisibility()) current.focus();
    else document.querySelector('.room-header .back')?.click();
  }

  // On a desk who opens a room can write at once; a phone would cover it with its keyboard. Not who goes from room to room by
  // j and k, nor where a message was asked for.
  function beginToWrite() {
    const { activeElement } = document;
    const busy = activeElement?.closest('input, textarea, select, .mud-dialog, :popover-open');
    if (busy || log.dataset.target || matchMedia('(pointer: coarse)').matches || document.querySelector('.list-frame[data-walking]')) return;
    text.focus({ preventScroll: true });
    text.setSelectionRange(text.value.length, text.value.length);
  }

  // The arrow upwards in an empty box corrects one's last message, as in other chats.
  function correctLast(event) {
    const mine = [...log.querySelectorAll('.message.mine')].at(-1);
    const body = mine?.querySelector('.body:not(.gone)');
    if (!body || Date.now() + ahead - Date.parse(mine.querySelector('time').dateTime) > options.editable) return;
    event.preventDefault();
    beginAnswer({ seq: Number(mine.dataset.seq), name: '', text: body.textContent }, true);
  }

  const onSuggest = ({ target }) => {
    if (!target.closest('[data-suggest]')) return;
    text.value = target.textContent.trim();
    submit();
  };
  // After a lost circuit the page came back by itself, and nobody took the hands off the keys.
  function writeOn() {
    let writing = null;
    try {
      writing = JSON.parse(sessionStorage.getItem('writing'));
      sessionStorage.removeItem('writing');
    } catch {
      // A forbidden storage costs the caret only.
    }
    if (writing?.draft !== draftKey || Date.now() - writing.at > 60_000) return;
    text.focus();
    text.setSelectionRange(writing.from, writing.to);
  }

  const onBack = () => { if (text.value && !answer?.edit) keepDraft(text.value); };
  const onReply = ({ detail }) => beginAnswer(detail, false);
  const onEdit = ({ detail }) => beginAnswer(detail, true);

  // early.js keeps what is typed from the first letter on, also before this script runs; what the server keeps may come from
  // another device.
  const begun = begin(draftKey, options.draft ?? '');
  ({ base } = begun);
  text.value = begun.text;
  takeAnswer();
  saveDraft();
  showLength();
  if (begun.text !== base) keepDraft(draft());
  beginToWrite();
  writeOn();
  text.addEventListener('input', onInput);
  text.addEventListener('keydown', onKey);
  suggestions?.addEventListener('click', onSuggest);
  answering.querySelector('[data-answering-end]').addEventListener('click', leaveAnswer);
  document.addEventListener('circuit:back', onBack);
  for (const name of ['offline', 'online']) addEventListener(name, draw);
  pane.addEventListener('chat:reply', onReply);
  pane.addEventListener('chat:edit', onEdit);
  sendButton.addEventListener('click', () => { submit(); text.focus(); });
  const rows = new MutationObserver((changes) => {
    if (changes.every(({ target }) => list.contains(target))) return;
    followAnswer();
    followDraft();
    if (entries.length > 0) draw();
  });
  rows.observe(log, { childList: true, subtree: true });
  draw();
  send();
  area.dataset.ready = 'true';

  return live(area, part, {
    // The component waits for what comes back.
    detach() {
      const last = kept && keepDraft(draft());
      gone = true;
      release();
      rows.disconnect();
      document.removeEventListener('circuit:back', onBack);
      for (const name of ['offline', 'online']) removeEventListener(name, draw);
      pane.removeEventListener('chat:reply', onReply);
      pane.removeEventListener('chat:edit', onEdit);
      return last;
    },
  });
}

// "4.001": as the page's language groups it, also four digits.
function grouped(number) {
  return new Intl.NumberFormat(document.documentElement.lang, { useGrouping: 'always' }).format(number);
}
