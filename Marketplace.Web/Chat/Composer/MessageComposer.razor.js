import { call, live, takeOver } from '/circuit.js';
import { Answer } from '/Chat/Composer/answer.js';
import { beginToWrite, fill, isTouch, toEnd, writeOn } from '/Chat/Composer/caret.js';
import { Coach } from '/Chat/Composer/coach.js';
import { Draft } from '/Chat/Composer/draft.js';
import { Outbox } from '/Chat/Composer/outbox.js';
import { drawOutbox } from '/Chat/Composer/outboxRows.js';
import { makeQuick } from '/Chat/Composer/quick.js';
import { makeTray } from '/Chat/Composer/tray.js';

const typingPause = 2500; // ms between two typing events

export function attach(server, area, { key, draft: kept, longest, most, words }) {
  const part = `composer:${key}`;
  takeOver(part);
  const pane = area.parentElement;
  const text = area.querySelector('textarea');
  const sendButton = area.querySelector('[data-send]');
  const problem = area.querySelector('[data-problem]');
  const suggestions = area.querySelector('[data-suggestions]');
  const log = pane.querySelector('[role="log"]');
  const attached = new AbortController();
  const { signal } = attached;
  let signedAt = 0; // time of the last typing event
  let newest = Number(log.dataset.newest); // the newest seq compared with the draft
  let isOver = false;
  let asked = null; // the text that the coach is being asked about

  const draft = new Draft(text.dataset.draft, kept ?? '', longest, (value) => call(server, 'DraftAsync', value));
  const answer = new Answer(area.querySelector('[data-answering]'), log, key, words);
  const outbox = new Outbox(key, (...values) => call(server, 'SendAsync', ...values));
  const rows = drawOutbox(outbox, {
    list: pane.querySelector('[data-outbox]'), log, words, signal, clock: area.querySelector('[data-clock]').firstElementChild,
  });
  const tray = makeTray(area, {
    key: `pictures:${key}`, most, words: words.tray, say: show,
    changed: () => { showSend(); if (tray.isReady && problem.textContent === words.tray.uploading) show(null); },
  });
  const quick = makeQuick(area, text, () => call(server, 'QuickAsync'), save);
  const coach = new Coach(area.querySelector('[data-coach]'), (body) => call(server, 'Coach', body), sendChecked,
    (...values) => { call(server, ...values).catch(() => {}); });

  function submit(isChecked = false) {
    // A lone surrogate cannot be encoded as UTF-8; it becomes U+FFFD.
    const body = wellFormed(text.value);
    if (!body && asked) return;
    sendAsked();
    if (coach.isOpen) return coach.focus();
    if (!body && (tray.isEmpty || answer.isEdit)) return;
    // A message is sent with all its pictures, so it waits for the last upload.
    if (!tray.isReady && !answer.isEdit) return show(tray.problem);
    if (body.length > longest) return showLength();
    show(null);
    if (answer.isEdit) return correct(answer.seq, body);
    if (!body || isChecked) return add(text.value, '');
    ask(body);
  }

  // The draft keeps the text until the coach has answered. Who sends the next one meanwhile does not wait.
  async function ask(body) {
    const one = asked = text.value;
    text.value = '';
    showBox();
    const found = await coach.find(body);
    if (asked !== one) return;
    if (found.length === 0) return sendAsked();
    text.value = unsent();
    asked = null;
    save();
    coach.show(found);
  }

  function sendAsked() {
    const value = asked;
    asked = null;
    if (value) add(value, text.value);
  }

  function sendChecked() {
    coach.close();
    submit(true);
    text.focus();
  }

  function add(value, rest) {
    coach.close();
    // A picture that came since waits for its upload, and for the next message.
    outbox.add(wellFormed(value), answer.seq, tray.isReady ? tray.take() : []);
    clear(rest, value);
    pane.dispatchEvent(new CustomEvent('chat:sent'));
  }

  // Edits are not queued, as the edit window may close. The text stays in the box until it is stored.
  async function correct(seq, body) {
    sendButton.disabled = true;
    try {
      const reply = await call(server, 'EditAsync', seq, body);
      if (reply.refused) show(reply.text);
      // The person may have left the edit and written something else meanwhile.
      else if (answer.isEdit && answer.seq === seq) clear();
    } catch {
      show(words.notSaved);
    } finally {
      sendButton.disabled = false;
    }
  }

  function clear(rest = answer.before, before = answer.before) {
    answer.end();
    text.value = rest;
    signedAt = 0;
    draft.begin(rest, before);
    showBox();
  }

  function beginAnswer(message, edit) {
    sendAsked();
    coach.close();
    answer.begin(message, edit, unsent());
    if (edit) text.value = message.text;
    grow();
    text.focus();
    toEnd(text);
  }

  function leaveAnswer() {
    sendAsked();
    coach.close();
    const before = unsent();
    answer.end();
    text.value = before;
    save();
    text.focus();
  }

  function unsent() { return answer.isEdit ? answer.before : [asked, text.value].filter(Boolean).join(' '); }

  function save() {
    draft.write(unsent());
    showBox();
  }

  function show(sentence) {
    problem.textContent = sentence ?? '';
    problem.hidden = !sentence;
  }

  function showBox() {
    // A suggestion becomes the text, so it is offered only while the box is empty.
    if (suggestions) suggestions.hidden = outbox.entries.length > 0 || unsent() !== '';
    grow();
  }

  function grow() {
    showSend();
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight}px`;
  }

  function showSend() { sendButton.toggleAttribute('data-quiet', !text.value.trim() && tray.isEmpty); }

  function showLength() {
    const { length } = text.value.trim();
    const over = length > longest;
    if (over) show(words.tooLong.replace('{0}', grouped(length)));
    else if (isOver) show(null);
    isOver = over;
  }

  const onInput = () => {
    coach.close();
    save();
    showLength();
    if (answer.isEdit) return answer.correct(text.value);
    draft.tellSoon();
    if (!text.value.trim() || Date.now() - signedAt < typingPause) return;
    signedAt = Date.now();
    call(server, 'TypingAsync').catch(() => {});
  };

  const onKey = (event) => {
    if (quick.key(event)) return;
    if (event.key === 'Escape' && coach.isOpen) return coach.close();
    if (event.key === 'Escape') return answer.isOn ? leaveAnswer() : toList();
    if (event.key === 'ArrowUp' && !text.value && !answer.isOn) return correctLast(event);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229 || isTouch()) return;
    event.preventDefault();
    submit();
  };

  function correctLast(event) {
    if (!pane.dispatchEvent(new CustomEvent('chat:correct', { cancelable: true }))) event.preventDefault();
  }

  function toList() {
    const current = document.querySelector('.conversations a[aria-current]');
    if (current?.checkVisibility()) current.focus();
    else document.querySelector('.room-header .back')?.click();
  }

  const onSuggest = ({ target }) => {
    if (!target.closest('[data-suggest]')) return;
    fill(text, target.textContent.trim());
  };

  const onLogChange = (changes) => {
    if (changes.every(({ target }) => target.closest?.('[data-outbox]'))) return;
    answer.follow();
    followDraft();
    if (outbox.entries.length > 0) rows.draw();
  };

  function followDraft() {
    const fresh = [...log.querySelectorAll('.message.mine')].filter((one) => Number(one.dataset.seq) > newest);
    newest = Math.max(newest, ...fresh.map((one) => Number(one.dataset.seq)));
    const elsewhere = fresh.filter(({ dataset }) => !outbox.entries.some((entry) => entry.id === dataset.client));
    if (!draft.dropSent(elsewhere.map((one) => one.querySelector('.body')?.textContent ?? ''))) return;
    if (answer.isEdit) answer.before = '';
    else text.value = '';
    showBox();
  }

  const onBack = () => { if (text.value && !answer.isEdit) draft.tell(); };
  const onReply = ({ detail }) => beginAnswer(detail, false);
  const onEdit = ({ detail }) => beginAnswer(detail, true);

  text.value = draft.text;
  text.value = answer.takeUp() ?? text.value;
  save();
  showLength();
  if (!draft.isAgreed) draft.tell();
  beginToWrite(text, log);
  writeOn(text);
  text.addEventListener('input', onInput);
  text.addEventListener('keydown', onKey);
  suggestions?.addEventListener('click', onSuggest);
  area.querySelector('[data-answering-end]').addEventListener('click', leaveAnswer);
  sendButton.addEventListener('click', () => { submit(); if (!coach.isOpen) text.focus(); });
  document.addEventListener('circuit:back', onBack, { signal });
  pane.addEventListener('chat:reply', onReply, { signal });
  pane.addEventListener('chat:edit', onEdit, { signal });
  const observer = new MutationObserver(onLogChange);
  observer.observe(log, { childList: true, subtree: true });
  outbox.sendAll();
  area.dataset.ready = 'true';

  return live(area, part, {
    detach() {
      sendAsked();
      const told = draft.end();
      outbox.close();
      observer.disconnect();
      attached.abort();
      return told;
    },
  });
}

function wellFormed(text) { return (text.toWellFormed?.() ?? text).trim(); }

function grouped(number) {
  return new Intl.NumberFormat(document.documentElement.lang, { useGrouping: 'always' }).format(number);
}
