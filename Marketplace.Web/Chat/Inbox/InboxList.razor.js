import { call, live, takeOver } from '/circuit.js';
import { openMenu } from '/menu.js';
import { sendLeft, watchRefused } from '/Chat/Composer/outbox.js';
import { makeSwipe } from '/Chat/Inbox/swipe.js';

export function attach(server, frame, me) {
  const left = takeOver('list');
  const menu = frame.querySelector('[data-menu-of]');
  const find = () => frame.querySelector('[data-find]');
  const ask = (method, ...values) => call(server, method, ...values).catch(() => {});
  const state = (row) => Object.fromEntries(row.dataset.state.trim().split(/\s+/).map((name) => [name, true]));
  const choosing = () => frame.dataset.choosing === 'True' || frame.dataset.choosing === '';
  let waiting = null;
  let sought = '';

  const fits = {
    Pin: (is) => is.Open, Unpin: (is) => is.Pinned,
    MarkUnread: (is) => !is.Unread, MarkRead: (is) => is.Unread,
    MuteHour: (is) => !is.Muted, MuteEight: (is) => !is.Muted, Mute: (is) => !is.Muted, Unmute: (is) => is.Muted,
    Archive: (is) => !is.Archived, Unarchive: (is) => is.Archived,
    Choose: () => true,
  };

  function open(row, anchor) {
    const is = state(row);
    for (const item of menu.querySelectorAll('[data-act]')) item.hidden = !fits[item.dataset.act](is);
    openMenu(menu, anchor, (item) => act(row, item.dataset.act));
  }

  function act(row, action) {
    const room = Number(row.dataset.room);
    return action === 'Choose' ? ask('Choose', room) : ask('ActAsync', room, action);
  }

  const onClick = (event) => {
    if (event.isTrusted) delete frame.dataset.walking;
    const row = event.target.closest('[data-room]');
    const button = event.target.closest('[data-menu]');
    if (row && choosing()) {
      event.preventDefault();
      ask('Choose', Number(row.dataset.room));
    } else if (button) open(row, button);
    else if (event.target.closest('[data-more-found]')) findMore();
  };
  const onContext = (event) => {
    const row = event.target.closest('[data-room]');
    if (!row || choosing()) return;
    event.preventDefault();
    open(row, row.querySelector('[data-menu]'));
  };
  const onFind = ({ type, target }) => {
    if (type === 'input' && !target.matches('[data-find]')) return;
    clearTimeout(waiting);
    sought = find()?.value ?? '';
    waiting = setTimeout(() => ask('FindAsync', sought), 250);
  };
  // A filter ends the search. The server does not set the box's text, as it would overwrite what is being typed.
  const onFilter = ({ type, target }) => {
    if (!target.closest('[data-filters]') || (type === 'click' && !target.closest('button'))) return;
    clearTimeout(waiting);
    sought = find().value = '';
  };
  async function findMore() {
    const links = () => frame.querySelectorAll('.conversations a');
    const shown = links().length;
    await ask('FindMoreAsync');
    links()[shown]?.focus();
  }

  const onKey = (event) => {
    if (event.key === 'Escape' && choosing()) return ask('EndChoice');
    const stops = [...frame.querySelectorAll('.conversations a, [data-more-found]')];
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || !['ArrowUp', 'ArrowDown'].includes(event.key) || event.altKey) return;
    event.preventDefault();
    stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };

  const help = document.querySelector('[data-shortcuts]');
  const onPageKey = (event) => {
    if (event.altKey && !event.ctrlKey && ['ArrowUp', 'ArrowDown'].includes(event.key)) return walk(event, event.key === 'ArrowDown');
    // Until the next frame, the focus may be in a dialog that has just closed.
    if (event.target.closest('input, textarea, select, dialog[open], :popover-open, .mud-dialog') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'j' || event.key === 'k') {
      frame.dataset.walking = '';
      return walk(event, event.key === 'j');
    }
    delete frame.dataset.walking;
    if (event.key === '?') help.showModal();
    else if (event.key === '/') find()?.focus();
    else return;
    event.preventDefault();
  };
  const onPageClick = ({ target }) => { if (target.closest('[data-help]')) help.showModal(); };

  function walk(event, down) {
    const rows = [...frame.querySelectorAll('.conversations [data-room] a')];
    // By the address, which changes with the key: the server marks the row a moment later.
    const at = rows.findIndex((row) => row.pathname === location.pathname);
    const next = at < 0 ? rows[0] : rows[at + (down ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.click();
    next.scrollIntoView({ block: 'nearest' });
  }

  // The server renders as many rows above the viewport as below it, and moves them in steps.
  const scroller = frame.parentElement;
  const step = 15;
  let moving = false;
  let place = 0;
  async function follow() {
    if (scroller.isConnected) place = scroller.scrollTop;
    const list = frame.querySelector('[data-first]');
    const row = list?.querySelector('li');
    if (moving || !row) return;
    const view = scroller.getBoundingClientRect();
    const first = Math.max(0, step * Math.floor((view.top - list.getBoundingClientRect().top) / row.offsetHeight / step - 2));
    const at = Number(list.dataset.first);
    const endsSoon = frame.querySelector('[data-more]')?.getBoundingClientRect().top < view.bottom + 1200;
    if (!endsSoon && (first === at || (first > at && list.dataset.below === '0'))) return;
    moving = true;
    await ask('ScrollAsync', first);
    moving = false;
  }
  const onScroll = () => requestAnimationFrame(follow);
  const onBack = () => { if (sought) ask('FindAsync', sought); };
  // Rendered rows are checked too: no scroll event follows if the person had already reached the end.
  const attached = new AbortController();
  const { signal } = attached;
  const rows = new MutationObserver(onScroll);
  rows.observe(frame, { childList: true, subtree: true });
  scroller.addEventListener('scroll', onScroll, { passive: true, signal });
  onScroll();
  frame.addEventListener('click', onClick);
  for (const type of ['click', 'change']) frame.addEventListener(type, onFilter);
  frame.addEventListener('contextmenu', onContext);
  frame.addEventListener('keydown', onKey);
  frame.addEventListener('input', onFind);
  makeSwipe(frame, {
    action: (row, way) => (way === 'start' ? (state(row).Archived ? 'Unarchive' : 'Archive') : (state(row).Unread ? 'MarkRead' : 'MarkUnread')),
    name: (action) => menu.querySelector(`[data-act="${action}"]`).textContent.trim(),
    act: (row, action) => { if (!choosing()) act(row, action); },
  });
  if (left) {
    find().value = left.sought;
    scroller.scrollTop = left.place;
  }
  sought = find()?.value ?? '';
  if (sought) ask('FindAsync', sought);
  document.addEventListener('circuit:back', onBack, { signal });
  document.addEventListener('keydown', onPageKey, { signal });
  document.addEventListener('click', onPageClick, { signal });
  const stop = sendLeft(me, (...values) => call(server, 'SendAsync', ...values));
  const forget = watchRefused(me, (rooms) => call(server, 'MarkUnsent', rooms));
  frame.dataset.live = 'true';

  return live(frame, 'list', {
    state: () => ({ sought, place }),
    detach() {
      stop();
      forget();
      rows.disconnect();
      attached.abort();
      clearTimeout(waiting);
    },
  });
}
