const opened = new WeakMap();

export function openMenu(menu, anchor, choose) {
  const items = () => [...menu.querySelectorAll('[role="menuitem"]')].filter((item) => !item.hidden);
  const back = anchor.matches('button') ? anchor : document.activeElement;

  const onClick = (event) => {
    const item = event.target.closest('[role="menuitem"]');
    if (!item) return;
    menu.hidePopover();
    choose(item);
  };
  const onKey = (event) => {
    const all = items();
    const at = all.indexOf(document.activeElement);
    const next = {
      ArrowDown: all[(at + 1) % all.length], ArrowRight: all[(at + 1) % all.length],
      ArrowUp: all.at(at - 1), ArrowLeft: all.at(at - 1), Home: all[0], End: all.at(-1),
    }[event.key];
    if (event.key === 'Tab') menu.hidePopover();
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const onToggle = ({ newState }) => {
    if (newState !== 'closed') return;
    closing.abort();
    if (!document.activeElement || document.activeElement === document.body || menu.contains(document.activeElement))
      back?.focus({ preventScroll: true });
  };

  opened.get(menu)?.abort();
  const closing = new AbortController();
  opened.set(menu, closing);
  for (const [name, listener] of Object.entries({ click: onClick, keydown: onKey, toggle: onToggle }))
    menu.addEventListener(name, listener, { signal: closing.signal });
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  items()[0]?.focus();
}

function place(menu, anchor) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const gap = 8;
  const below = anchor.bottom + gap + height <= innerHeight;
  const top = below ? anchor.bottom + 4 : Math.max(gap, Math.min(anchor.top - height - 4, innerHeight - height - gap));
  const left = Math.max(gap, Math.min(anchor.right - width, innerWidth - width - gap));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
