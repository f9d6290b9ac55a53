// What the list needs of the browser: the shared menu, a search while one types, and the next page when its end comes near.
import { call } from '/circuit.js';
import { openMenu } from '/menu.js';

export function attach(server, frame) {
  const menu = frame.querySelector('[data-menu-of]');
  const find = frame.querySelector('[data-find]');
  const ask = (method, ...values) => call(server, method, ...values).catch(() => {});
  let waiting = null;
  let held = null;

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
  const onKey = (event) => {
    const links = [...frame.querySelectorAll('.conversations a')];
    const at = links.indexOf(document.activeElement);
    if (at < 0 || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    links[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
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

  // The end of the list asks for more when it comes into view.
  const near = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) ask('MoreAsync'); }, { rootMargin: '600px' });
  const watch = () => {
    const more = frame.querySelector('[data-more]');
    if (more === held) return;
    near.disconnect();
    held = more;
    if (more) near.observe(more);
  };
  const rows = new MutationObserver(() => {
    held = null;
    watch();
  });
  rows.observe(frame, { childList: true, subtree: true });
  watch();
  frame.addEventListener('click', onClick);
  frame.addEventListener('contextmenu', onContext);
  frame.addEventListener('keydown', onKey);
  find.addEventListener('input', onFind);
  document.addEventListener('keydown', onPageKey);
  document.addEventListener('click', onPageClick);
  frame.dataset.live = 'true';

  return {
    detach() {
      rows.disconnect();
      near.disconnect();
      clearTimeout(waiting);
      document.removeEventListener('keydown', onPageKey);
      document.removeEventListener('click', onPageClick);
    },
  };
}
