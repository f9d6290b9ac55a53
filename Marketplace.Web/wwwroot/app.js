// What every page needs and the server can't do: the reader's time zone, the unread number in the tab's title, and a
// menu that closes.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax`;

// The page's own title, and what stands in the tab for it: a title may begin with a number in brackets of its own.
let own;
let put;

function title() {
  if (document.title !== put) own = document.title;
  const unread = Number(document.querySelector('[data-unread]')?.dataset.unread ?? 0);
  put = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${own}` : own;
  if (document.title !== put) document.title = put;
  // A phone shows a room without the bar: the way back says what waits outside.
  const elsewhere = document.querySelector('[data-unread-elsewhere]');
  const shown = unread > 99 ? '99+' : String(unread);
  if (elsewhere && elsewhere.textContent !== shown) {
    elsewhere.textContent = shown;
    elsewhere.hidden = unread === 0;
  }
}
new MutationObserver(title).observe(document.documentElement, {
  subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-unread'],
});
title();

// A message log shows its end, its first unread row or the row that was asked for, from its first paint on: on the static
// page, and again when the live one takes its place.
function placeLog() {
  const log = document.querySelector('.log:not([data-placed])');
  if (!log || !log.querySelector('[data-seq]')) return;
  log.dataset.placed = '';
  const row = log.dataset.target ? log.querySelector(`[data-seq="${log.dataset.target}"]`) : log.querySelector('.unread-line');
  if (row) log.scrollTop += row.getBoundingClientRect().top - log.getBoundingClientRect().top - 56;
  else log.scrollTop = log.scrollHeight;
}
new MutationObserver(placeLog).observe(document.body, { subtree: true, childList: true });
placeLog();

document.addEventListener('click', (event) => {
  // Also on an error page, whose own address is not the one in the bar.
  if (!event.target.closest('.skip')) return;
  event.preventDefault();
  document.getElementById('main').focus();
});

// What failed may go well another time: also there, the address in the bar is asked for again.
for (const button of document.querySelectorAll('[data-reload]')) {
  button.addEventListener('click', () => location.reload());
  button.hidden = false;
}

// A menu closes when one clicks or goes elsewhere, or takes from it what ends it.
function close(menu) {
  const had = menu.contains(document.activeElement);
  menu.open = false;
  if (had) menu.querySelector('summary').focus();
}
for (const name of ['click', 'focusin'])
  document.addEventListener(name, ({ target }) => {
    for (const menu of document.querySelectorAll('details.menu[open]'))
      if (!menu.contains(target) || (name === 'click' && target.closest('a, [data-closes]'))) close(menu);
  });
// The library's dialogs ask the server to hold the focus: too late for whoever is fast with Tab. (A dialog that closes gives
// the focus away by itself.)
let tabbing = false;
document.addEventListener('keydown', ({ key }) => { tabbing = key === 'Tab'; }, true);
document.addEventListener('focusin', ({ target }) => {
  const dialog = tabbing && [...document.querySelectorAll('.mud-dialog')].at(-1);
  if (dialog && !target.closest('.mud-dialog-container, .mud-popover')) dialog.querySelector('button, input, [tabindex="0"]')?.focus();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') document.querySelectorAll('details.menu[open]').forEach(close);
});

// Signing out leaves nothing private in the browser. What waits to be sent would be lost: that is asked first.
const isMine = (name, me) => ['outbox', 'draft', 'pictures', 'answer'].some((kind) => name.startsWith(`${kind}:${me}:`));

function clearAfter(me) {
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage)) if (storage === sessionStorage || isMine(name, me)) storage.removeItem(name);
  caches?.delete('tray');
}
document.addEventListener('submit', (event) => {
  const me = event.target.dataset.logout;
  if (!me) return;
  const dialog = event.target.querySelector('dialog');
  try {
    if (!dialog.open && Object.keys(localStorage).some((name) => name.startsWith(`outbox:${me}:`))) {
      event.preventDefault();
      dialog.showModal();
    } else clearAfter(me);
  } catch {
    // A forbidden storage holds nothing.
  }
});
document.addEventListener('click', ({ target }) => target.closest('[data-stay]')?.closest('dialog').close());

navigator.serviceWorker?.register('/sw.js').catch(() => {
  // Without it, the browser shows its own page while there is no connection.
});
