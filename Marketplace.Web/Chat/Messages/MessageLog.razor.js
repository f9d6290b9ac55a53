import { call, live, takeOver } from '/circuit.js';
import { attachCautions } from '/Chat/Messages/cautions.js';
import { attachActions } from '/Chat/Messages/messageMenu.js';
import { ReadMark } from '/Chat/Messages/readMark.js';
import { makeViewer } from '/Chat/Messages/viewer.js';

const near = 80; // px that still count as "at the end"
const far = 400; // px from an edge at which more is loaded

export function attach(server, frame, words) {
  const part = `log:${location.pathname}`;
  const left = takeOver(part);
  const log = frame.querySelector('[role="log"]');
  const pill = frame.querySelector('[data-to-end]');
  const look = makeViewer(frame.querySelector('[data-viewer]'), log, words.ofPictures);
  const rows = () => [...log.querySelectorAll('[data-seq]')];
  const row = (seq) => log.querySelector(`[data-seq="${seq}"]`);
  const end = () => !log.querySelector('[data-newer]');
  let atEnd = false;
  let held = null;
  let height = log.clientHeight;
  const mark = new ReadMark(Number(log.dataset.read), (seq) => call(server, 'SeenAsync', seq));
  const tell = () => mark.tell();
  let loading = false;

  function measure() {
    atEnd = end() && log.scrollHeight - log.scrollTop - log.clientHeight < near;
    const { top, bottom } = log.getBoundingClientRect();
    held = null;
    for (const element of rows()) {
      const place = element.getBoundingClientRect();
      if (place.top >= bottom) break;
      // Prefer the row below the unread line, so that it stays in place when the line goes.
      if (place.bottom > top && (!held || element.previousElementSibling.matches('.unread-line'))) held = { seq: element.dataset.seq, offset: place.top - top };
      mark.see(Number(element.dataset.seq));
    }
    showPill();
    tell();
  }

  function hold() {
    const element = held && row(held.seq);
    if (element) log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top - held.offset;
  }

  function showPill() {
    const below = Math.max(0, Number(log.dataset.newest) - mark.seen);
    pill.hidden = atEnd || (end() && log.scrollHeight - log.scrollTop - log.clientHeight < log.clientHeight / 2 && below === 0);
    const text = below === 0 ? '' : below === 1 ? words.oneNew : words.manyNew.replace('{0}', below);
    pill.querySelector('[data-new]').textContent = text;
    pill.setAttribute('aria-label', text || words.toEnd);
  }

  // Loaded history is not new: screen readers must not announce it.
  async function load(method) {
    if (loading) return;
    loading = true;
    log.setAttribute('aria-live', 'off');
    try {
      await call(server, method);
    } catch {
      // The circuit is down; scrolling loads again later.
    } finally {
      loading = false;
      setTimeout(() => log.removeAttribute('aria-live'), 500);
    }
  }

  const here = `place:${location.pathname}`;
  const onLeave = () => {
    try {
      if (atEnd || !held) sessionStorage.removeItem(here);
      else sessionStorage.setItem(here, JSON.stringify(held));
    } catch {
      // Without storage, the log opens at its end.
    }
  };

  // With unread messages, their line marks the place instead.
  function pointOut() {
    if (log.dataset.target && !log.querySelector('.unread-line')) show(Number(log.dataset.target));
  }

  async function comeBack() {
    let place = left && !left.atEnd ? left.held : null;
    try {
      if (!place && sessionStorage.getItem('returning')) place = JSON.parse(sessionStorage.getItem(here));
      sessionStorage.removeItem('returning');
    } catch {
      // Without storage, the log opens at its end.
    }
    if (!place) return pointOut();
    if (!row(place.seq)) await call(server, 'JumpAsync', Number(place.seq)).catch(() => {});
    held = place;
    atEnd = false;
    hold();
    measure();
  }

  async function jump(seq) {
    if (!row(seq)) {
      log.setAttribute('aria-live', 'off');
      await call(server, 'JumpAsync', seq).catch(() => {});
      setTimeout(() => log.removeAttribute('aria-live'), 500);
    }
    show(seq);
  }

  function show(seq) {
    const element = row(seq) ?? rows().find((other) => Number(other.dataset.seq) > seq);
    if (!element) return;
    element.scrollIntoView({ block: 'center' });
    element.classList.remove('found');
    void element.offsetWidth;
    element.classList.add('found');
    element.focus({ preventScroll: true });
    measure();
  }

  async function toEnd() {
    if (!end()) await call(server, 'JumpAsync', null).catch(() => {});
    atEnd = true;
    log.scrollTop = log.scrollHeight;
    measure();
  }

  const onScroll = () => {
    // Ignore scroll events caused by a layout change: they are not the reader's.
    if (log.clientHeight !== height) return;
    measure();
    if (log.scrollHeight <= log.clientHeight) return;
    if (log.scrollTop < far && log.querySelector('[data-older]')) load('OlderAsync');
    else if (!end() && log.scrollHeight - log.scrollTop - log.clientHeight < far) load('NewerAsync');
  };

  const onChange = (changes) => {
    // A resumed circuit removes the log from the page; keep the reader's position.
    if (!log.isConnected) return;
    height = log.clientHeight;
    hideWrong();
    if (changes?.some((change) => change.attributeName === 'data-target') && log.dataset.target) show(Number(log.dataset.target));
    if (atEnd && end()) log.scrollTop = log.scrollHeight;
    else hold();
    measure();
  };

  const onClick = (event) => {
    const { target } = event;
    const picture = target.closest('a[data-picture]');
    if (picture && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      look(picture);
    } else if (target.closest('[data-day]')) call(server, 'PickDayAsync', target.closest('[data-day]').dataset.day).catch(() => {});
    else if (target.closest('[data-older]')) load('OlderAsync');
    else if (target.closest('[data-newer]')) load('NewerAsync');
    else if (target.closest('[data-jump]')) jump(Number(target.closest('[data-jump]').dataset.jump));
  };

  // A link to the current address, such as the same search hit, shows the message again.
  const onAgain = (event) => {
    const link = event.target.closest('a[href*="?at="]');
    if (link?.href !== location.href || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    jump(Number(new URL(link.href).searchParams.get('at')));
  };

  const attached = new AbortController();
  const { signal } = attached;
  const hideWrong = attachCautions(log, () => onChange(), (seq) => { call(server, 'Wrong', seq).catch(() => {}); }, signal);
  const observer = new MutationObserver(onChange);
  const size = new ResizeObserver(() => onChange());
  // A loaded picture may be taller than the space reserved for it.
  const onLoad = () => onChange();
  const onSent = () => { toEnd(); };

  observer.observe(log, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-target', 'data-newest'] });
  size.observe(log);
  log.addEventListener('scroll', onScroll, { passive: true });
  log.addEventListener('click', onClick);
  attachActions(frame, log, words, (method, ...values) => call(server, method, ...values), jump, signal);
  log.addEventListener('load', onLoad, true);
  pill.addEventListener('click', toEnd);
  frame.parentElement.addEventListener('chat:sent', onSent, { signal });
  document.addEventListener('click', onAgain, { signal, capture: true });
  document.addEventListener('visibilitychange', tell, { signal });
  document.addEventListener('circuit:back', tell, { signal });
  addEventListener('pagehide', onLeave, { signal });
  measure();
  comeBack();
  frame.dataset.begun = 'true';

  return live(frame, part, {
    state: () => ({ held, atEnd }),
    detach() {
      observer.disconnect();
      size.disconnect();
      attached.abort();
    },
  });
}
