const most = 8;

export function shortcutIn(text) {
  const typed = /^\/([\p{L}\p{N}]*)$/u.exec(text.normalize('NFC'));
  return typed && typed[1].normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function offered(replies, begun) { return replies.filter(({ shortcut }) => shortcut.startsWith(begun)).slice(0, most); }

export function makeQuick(area, text, load, taken) {
  const list = area.querySelector('[data-quick]');
  const none = area.querySelector('[data-quick-none]');
  let all = null;
  let shown = [];
  let at = 0;

  async function look() {
    if (shortcutIn(text.value) === null) return hide();
    all ??= await load().catch(() => null);
    // The text may have changed during the load.
    const begun = shortcutIn(text.value);
    shown = begun === null ? [] : offered(all ?? [], begun);
    at = 0;
    draw();
    none.hidden = begun === null || all?.length !== 0;
  }

  function draw() {
    list.replaceChildren(...shown.map((reply, index) => {
      const item = Object.assign(document.createElement('li'), { role: 'option', id: `quick-${index}`, ariaSelected: String(index === at) });
      item.append(Object.assign(document.createElement('strong'), { textContent: `/${reply.shortcut}` }), ` ${reply.text}`);
      item.addEventListener('pointerdown', (event) => { event.preventDefault(); take(reply); });
      return item;
    }));
    list.hidden = shown.length === 0;
    if (list.hidden) text.removeAttribute('aria-activedescendant');
    else text.setAttribute('aria-activedescendant', `quick-${at}`);
  }

  function take(reply) {
    text.value = reply.text;
    hide();
    taken();
  }

  function hide() {
    shown = [];
    none.hidden = true;
    draw();
  }

  function key(event) {
    // Enter that ends an IME composition belongs to the IME.
    if (event.isComposing || event.keyCode === 229) return false;
    if (shown.length === 0) return isNothing(event);
    if (event.key === 'Enter' || event.key === 'Tab') take(shown[at]);
    else if (event.key === 'Escape') hide();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      at = (at + (event.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length;
      draw();
    } else return false;
    event.preventDefault();
    return true;
  }

  // A slash alone asks for the list, and is no message where there is none.
  function isNothing(event) {
    const isClosed = event.key === 'Escape' && !none.hidden;
    if (isClosed) hide();
    else if (event.key !== 'Enter' || event.shiftKey || text.value.trim() !== '/') return false;
    event.preventDefault();
    return true;
  }

  text.addEventListener('input', look);
  return { key };
}
