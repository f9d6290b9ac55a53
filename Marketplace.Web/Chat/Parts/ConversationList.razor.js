// What the list needs of the browser: the shared menu, a search while one types, the rows around the eye as one scrolls, and
// what was left to be sent, or was refused, in rooms that are not open.
import { call } from '/circuit.js';
import { openMenu } from '/menu.js';
import { sendLeft, watchRefused } from '/outbox.js';

export function attach(server, frame, me) {
  const menu = frame.querySelector('[data-menu-of]');
  const find = frame.querySelector('[data-find]');
  const ask = (method, ...values) => call(server, method, ...values).catch(() => {});
  let waiting = null;

  // Which of the deeds fit the row's state.
  const fits = {
    Pin: (state) => state.Open, Unpin: (state) => state.Pinned,
    MarkUnread: (state) => !state.Unread, MarkRead: (state) => state.Unread,
    MuteHour: (state) => !state.Muted, MuteEight: (state) => !state.Muted, Mute: (state) => !state.Muted, Unmute: (state) => state.Muted,
    Archive: (state) => !state.Archived, Unarchive: (state) => state.Archived,
  };

  function open(row, anchor) {
    const state = Object.fromEntries(row.dataset.state.trim().split(/\s+/).map((name) => [name, true]));
    for (const item of menu.querySelectorAll('[data-act]')) item.hidden = !fits[item.dataset.act](state);
    openMenu(menu, anchor, (item) => ask('ActAsync', Number(row.dataset.room), item.dataset.act));
  }

  const onClick = (event) => {
    const button = event.target.closest('[data-menu]');
    if (button) open(button.closest('[data-room]'), button);
    else if (event.target.closest('[data-more-found]')) findMore();
  };
  const onContext = (event) => {
    const row = event.target.closest('[data-room]');
    if (!row) return;
    event.preventDefault();
    open(row, row.querySelector('[data-menu]'));
  };
  const onFind = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask('FindAsync', find.value), 250);
  };
  // A filter ends the search; the text is the browser's alone, as the server's would come late to who types on.
  const onFilter = ({ type, target }) => {
    if (!target.closest('[data-filters]') || (type === 'click' && !target.closest('button'))) return;
    clearTimeout(waiting);
    find.value = '';
  };
  // One goes on with the first of the new ones, which stands where the button was.
  async function findMore() {
    const links = () => frame.querySelectorAll('.conversations a');
    const shown = links().length;
    await ask('FindMoreAsync');
    links()[shown]?.focus();
  }

  const onKey = (event) => {
    const stops = [...frame.querySelectorAll('.conversations a, [data-more-found]')];
    const at = stops.indexOf(document.activeElement);
    if (at < 0 || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    stops[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  };

  const help = document.querySelector('[data-shortcuts]');
  const onPageKey = (event) => {
    if (event.target.closest('input, textarea, select, dialog, [popover]') || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '?') help.showModal();
    else if (event.key === '/') find.focus();
    else return;
    event.preventDefault();
  };
  const onPageClick = ({ target }) => { if (target.closest('[data-help]')) help.showModal(); };

  // The server holds the rows around the eye: as many above it as below, moved by some rows at a time.
  const scroller = frame.parentElement;
  const step = 15;
  let moving = false;
  async function follow() {
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
  // Also what came of it: who scrolled on meanwhile does not fire again at the end.
  const rows = new MutationObserver(onScroll);
  rows.observe(frame, { childList: true, subtree: true });
  scroller.addEventListener('scroll', onScroll, { passive: true });
  onScroll();
  frame.addEventListener('click', onClick);
  for (const type of ['click', 'change']) frame.addEventListener(type, onFilter);
  frame.addEventListener('contextmenu', onContext);
  frame.addEventListener('keydown', onKey);
  find.addEventListener('input', onFind);
  // Typed before this script ran, or changed while the circuit was lost.
  if (find.value) onFind();
  document.addEventListener('circuit:back', onFind);
  document.addEventListener('keydown', onPageKey);
  document.addEventListener('click', onPageClick);
  const stop = sendLeft(me, (...values) => call(server, 'SendAsync', ...values));
  const forget = watchRefused(me, (rooms) => call(server, 'MarkUnsent', rooms));
  frame.dataset.live = 'true';

  return {
    detach() {
      stop();
      forget();
      rows.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      clearTimeout(waiting);
      document.removeEventListener('circuit:back', onFind);
      document.removeEventListener('keydown', onPageKey);
      document.removeEventListener('click', onPageClick);
    },
  };
}
