import { openMenu } from '/menu.js';

export function attachActions(frame, log, words, ask, jump, signal) {
  const menu = frame.querySelector('[data-menu-of]');
  const problem = frame.querySelector('[data-problem]');
  // The server's clock measures a message's age; the browser's may be wrong.
  const ahead = words.now - Date.now();

  const onClick = ({ target }) => {
    const row = target.closest('[data-seq]');
    if (target.closest('[data-react]')) change('ReactAsync', Number(row.dataset.seq), target.closest('[data-react]').dataset.react);
    else if (target.closest('[data-menu]')) open(row, target.closest('[data-menu]'));
  };

  const onKey = (event) => {
    const current = event.target.closest('[data-seq]');
    if (event.target.closest('a, button')) return;
    if (['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key) && !event.altKey && !event.ctrlKey) {
      const all = [...log.querySelectorAll('.message[data-seq]')];
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
      if (!isClosed()) act('reply', current);
    }
  };

  const onContext = (event) => {
    const current = event.target.closest('.message');
    // Selected text and links keep the browser's own menu.
    if (!current || !menu || event.target.closest('a') || String(getSelection()).length > 0) return;
    event.preventDefault();
    open(current, current);
  };

  // Not every phone raises contextmenu on a long press. Releasing would close a menu opened earlier.
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
    if (!menu || !element || (element.querySelector('.gone') && !('evenGone' in menu.dataset))) return;
    menu.querySelector('.signs')?.toggleAttribute('hidden', isClosed());
    offer('reply', !isClosed());
    offer('edit', isEditable(element));
    offer('delete', isMineFor(element, words.deleting));
    offer('quoted', element.querySelector('[data-jump]'));
    offer('report', !element.matches('.mine') && words.room);
    offer('copy', element.querySelector('.body'));
    offer('hide', !element.querySelector('.gone'));
    offer('mask', element.querySelector('.body:not(.gone)'));
    offer('restore', element.querySelector('[data-moderated]'));
    if (!menu.querySelector('[data-act]:not([data-sign], [hidden])')) return;
    openMenu(menu, anchor, (item) => act(item.dataset.act, element, item));
  }

  function offer(what, isPossible) {
    const item = menu.querySelector(`[data-act="${what}"]`);
    if (item) item.hidden = !isPossible;
  }

  // Nothing new can be said here, not even by a reaction.
  function isClosed() { return 'closed' in log.dataset; }

  function isMineFor(element, time) {
    return element.matches('.mine') && Date.now() + ahead - Date.parse(element.querySelector('time').dateTime) <= time;
  }

  function isEditable(element) { return !isClosed() && isMineFor(element, words.editing) && Boolean(element.querySelector('.body:not(.gone)')); }

  const onCorrect = (event) => {
    const last = [...log.querySelectorAll('.message.mine')].at(-1);
    if (!last || !isEditable(last)) return;
    event.preventDefault();
    act('edit', last);
  };

  async function act(what, element, item) {
    const seq = Number(element.dataset.seq);
    const body = element.querySelector('.body');
    const detail = { seq, name: element.querySelector('.visually-hidden')?.textContent.replace(/:$/, '') ?? '', text: body?.textContent ?? '' };
    if (what === 'reply' || what === 'edit') frame.dispatchEvent(new CustomEvent(`chat:${what}`, { bubbles: true, detail }));
    else if (what === 'quoted') await jump(Number(element.querySelector('[data-jump]').dataset.jump));
    else if (what === 'copy') await navigator.clipboard?.writeText(detail.text);
    else if (what === 'report') location.assign(`/report?message=${words.room}:${seq}`);
    else if (what === 'react') await change('ReactAsync', seq, item.dataset.sign);
    else if (what === 'delete') await change('DeleteAsync', seq);
    else await change('ActAsync', what, seq);
  }

  async function change(method, ...values) {
    try {
      say(await ask(method, ...values));
    } catch {
      say(words.failed);
    }
  }

  function say(sentence) {
    problem.textContent = sentence ?? '';
    problem.hidden = !sentence;
    if (sentence) setTimeout(() => { problem.hidden = true; }, 6000);
  }

  log.addEventListener('click', onClick);
  log.addEventListener('keydown', onKey);
  log.addEventListener('contextmenu', onContext);
  log.addEventListener('pointerdown', onPress);
  frame.parentElement.addEventListener('chat:correct', onCorrect, { signal });
  for (const name of ['pointerup', 'pointercancel']) log.addEventListener(name, onRelease);
}
