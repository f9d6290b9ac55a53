// Keeps the newest message in view while the reader is at the end, holds the row under the eye when others come or go
// around it, tells the server what has been seen in a visible window, and serves the menu that the rows share.
import { call } from '/circuit.js';
import { openMenu } from '/menu.js';
import { makeViewer } from '/viewer.js';

const near = 80; // px from the end that still count as "at the end"
const far = 400; // px from an edge at which the next part is asked for

export function attach(server, frame, words) {
  const log = frame.querySelector('[role="log"]');
  const pill = frame.querySelector('[data-to-end]');
  const menu = frame.querySelector('[data-menu-of]');
  const problem = frame.querySelector('[data-problem]');
  const look = makeViewer(frame.querySelector('[data-viewer]'), log, words.ofPictures);
  const rows = () => [...log.querySelectorAll('[data-seq]')];
  const row = (seq) => log.querySelector(`[data-seq="${seq}"]`);
  const end = () => !log.querySelector('[data-newer]');
  let atEnd = false;
  let held = null;
  let height = log.clientHeight;
  let seen = Number(log.dataset.read); // the newest that stood in the window, now or at another time
  let told = seen; // what the server knows of that
  let loading = false;

  function measure() {
    atEnd = end() && log.scrollHeight - log.scrollTop - log.clientHeight < near;
    const { top, bottom } = log.getBoundingClientRect();
    held = null;
    for (const element of rows()) {
      const place = element.getBoundingClientRect();
      if (place.top >= bottom) break;
      // The unread ones stay where they are when the line above them goes.
      if (place.bottom > top && (!held || element.previousElementSibling.matches('.unread-line'))) held = { seq: element.dataset.seq, offset: place.top - top };
      seen = Math.max(seen, Number(element.dataset.seq));
    }
    showPill();
    tell();
  }

  function hold() {
    const element = held && row(held.seq);
    if (element) log.scrollTop += element.getBoundingClientRect().top - log.getBoundingClientRect().top - held.offset;
  }

  function showPill() {
    const below = Math.max(0, Number(log.dataset.newest) - seen);
    pill.hidden = atEnd || (end() && log.scrollHeight - log.scrollTop - log.clientHeight < log.clientHeight / 2 && below === 0);
    const text = below === 0 ? '' : below === 1 ? words.oneNew : words.manyNew.replace('{0}', below);
    pill.querySelector('[data-new]').textContent = text;
    pill.setAttribute('aria-label', text || words.toEnd);
  }

  function tell() {
    if (seen <= told || document.visibilityState !== 'visible') return;
    const before = told;
    told = seen;
    call(server, 'SeenAsync', seen).catch(() => { told = before; });
  }

  // History that is loaded is not news: it is not read out.
  async function load(method) {
    if (loading) return;
    loading = true;
    log.setAttribute('aria-live', 'off');
    try {
      await call(server, method);
    } catch {
      // The circuit is away; the reader scrolls again when it is back.
    } finally {
      loading = false;
      setTimeout(() => log.removeAttribute('aria-live'), 500);
    }
  }

  // Where one was, for a page that had to be loaded anew because its circuit is gone (ReconnectNotice says that it was).
  const here = `place:${location.pathname}`;
  const onLeave = () => {
    try {
      if (atEnd || !held) sessionStorage.removeItem(here);
      else sessionStorage.setItem(here, JSON.stringify(held));
    } catch {
      // Without a storage one comes back to the end.
    }
  };

  // What a search or an address asked for is marked; where the unread ones begin, a line says so.
  function pointOut() {
    if (log.dataset.target && !log.querySelector('.unread-line')) show(Number(log.dataset.target));
  }

  async function comeBack() {
    let place = null;
    try {
      if (sessionStorage.getItem('returning')) place = JSON.parse(sessionStorage.getItem(here));
      sessionStorage.removeItem('returning');
    } catch {
      // Without a storage one comes back to the end.
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
    // A scroll that a change of layout caused says nothing about where the reader wants to be.
    if (log.clientHeight !== height) return;
    measure();
    if (log.scrollHeight <= log.clientHeight) return;
    if (log.scrollTop < far && log.querySelector('[data-older]')) load('OlderAsync');
    else if (!end() && log.scrollHeight - log.scrollTop - log.clientHeight < far) load('NewerAsync');
  };

  const onChange = (changes) => {
    height = log.clientHeight;
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
    } else if (target.closest('[data-older]')) load('OlderAsync');
    else if (target.closest('[data-newer]')) load('NewerAsync');
    else if (target.closest('[data-jump]')) jump(Number(target.closest('[data-jump]').dataset.jump));
    else if (target.closest('[data-react]')) change('ReactAsync', Number(target.closest('[data-seq]').dataset.seq), target.dataset.react);
    else if (target.closest('[data-menu]')) open(target.closest('[data-seq]'), target.closest('[data-menu]'));
  };

  const onKey = (event) => {
    const current = event.target.closest('[data-seq]');
    if (event.target.closest('a, button')) return;
    if (['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key) && !event.altKey && !event.ctrlKey) {
      const all = rows().filter((element) => element.matches('.message'));
      const at = all.indexOf(current);
      const next = { ArrowUp: at < 0 ? all.at(-1) : all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
      if (!next) return;
      event.preventDefault();
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: 'nearest' });
    } else if (current?.matches('.message') && (event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault();
      open(current, current);
    } else if (current && event.key === 'r' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      act('reply', current);
    }
  };

  const onContext = (event) => {
    const current = event.target.closest('.message');
    // A marked text and a link keep the browser's own menu.
    if (!current || !menu || event.target.closest('a') || String(getSelection()).length > 0) return;
    event.preventDefault();
    open(current, current);
  };

  // A long press: not every phone makes a context menu of it. Opened after the finger is gone, which would close it.
  let press = null;
  const onPress = ({ pointerType, target, clientX, clientY }) => {
    const current = target.closest('.message');
    press = pointerType === 'touch' && current && !target.closest('a, button') ? { current, clientX, clientY, at: Date.now() } : null;
  };
  const onRelease = ({ type, clientX, clientY }) => {
    const held = type === 'pointerup' && press && Date.now() - press.at > 450 && Math.hypot(clientX - press.clientX, clientY - press.clientY) < 10;
    const { current } = press ?? {};
    press = null;
    if (held) setTimeout(() => open(current, current));
  };

  function open(element, anchor) {
    if (!menu || !element || element.querySelector('.gone')) return;
    const age = Date.now() - Date.parse(element.querySelector('time').dateTime);
    const mine = element.matches('.mine');
    menu.querySelector('[data-act="edit"]').hidden = !mine || age > words.editing || !element.querySelector('.body');
    menu.querySelector('[data-act="delete"]').hidden = !mine || age > words.deleting;
    menu.querySelector('[data-act="quoted"]').hidden = !element.querySelector('[data-jump]');
    menu.querySelector('[data-act="copy"]').hidden = !element.querySelector('.body');
    openMenu(menu, anchor, (item) => act(item.dataset.act, element, item));
  }

  async function act(what, element, item) {
    const seq = Number(element.dataset.seq);
    const body = element.querySelector('.body');
    const detail = { seq, name: element.querySelector('.hidden')?.textContent.replace(/:$/, '') ?? '', text: body?.textContent ?? '' };
    if (what === 'reply' || what === 'edit') frame.dispatchEvent(new CustomEvent(`chat:${what}`, { bubbles: true, detail }));
    else if (what === 'quoted') await jump(Number(element.querySelector('[data-jump]').dataset.jump));
    else if (what === 'copy') await navigator.clipboard?.writeText(detail.text);
    else if (what === 'react') await change('ReactAsync', seq, item.dataset.sign);
    else if (what === 'delete' && (await confirmed())) await change('DeleteAsync', seq);
  }

  async function change(method, ...values) {
    try {
      say(await call(server, method, ...values));
    } catch {
      say(words.failed);
    }
  }

  function say(sentence) {
    problem.textContent = sentence ?? '';
    problem.hidden = !sentence;
    if (sentence) setTimeout(() => { problem.hidden = true; }, 6000);
  }

  function confirmed() {
    const dialog = frame.querySelector('[data-confirm]');
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((done) => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true }));
  }

  const observer = new MutationObserver(onChange);
  const size = new ResizeObserver(() => onChange());
  // A picture that arrives may be higher than the place that was kept for it.
  const onLoad = () => onChange();
  const onSent = () => { toEnd(); };

  observer.observe(log, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-target', 'data-newest'] });
  size.observe(log);
  log.addEventListener('scroll', onScroll, { passive: true });
  log.addEventListener('click', onClick);
  log.addEventListener('keydown', onKey);
  log.addEventListener('contextmenu', onContext);
  log.addEventListener('pointerdown', onPress);
  for (const name of ['pointerup', 'pointercancel']) log.addEventListener(name, onRelease);
  log.addEventListener('load', onLoad, true);
  pill.addEventListener('click', toEnd);
  frame.parentElement.addEventListener('chat:sent', onSent);
  document.addEventListener('visibilitychange', tell);
  document.addEventListener('circuit:back', tell);
  addEventListener('pagehide', onLeave);
  measure();
  comeBack();

  return {
    detach() {
      observer.disconnect();
      size.disconnect();
      document.removeEventListener('visibilitychange', tell);
      document.removeEventListener('circuit:back', tell);
      removeEventListener('pagehide', onLeave);
    },
  };
}
