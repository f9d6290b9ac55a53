const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;

// The page's own title and the one set here; both are kept, as a title may itself begin with "(1)".
let own;
let put;

function title() {
  if (document.title !== put) own = document.title;
  const unread = Number(document.querySelector('[data-unread]')?.dataset.unread ?? 0);
  put = unread > 0 ? `(${unread > 99 ? '99+' : unread}) ${own}` : own;
  if (document.title !== put) document.title = put;
  // On phones a room has no tab bar, so the back button shows the unread number of other rooms.
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

// Before the first paint, on the static page and again on the interactive one.
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
  // The link itself would leave an error page, whose own address is not the one in the address bar.
  if (!event.target.closest('.skip')) return;
  event.preventDefault();
  document.getElementById('main').focus();
});

// What the server said of a field no longer holds once it is changed, which may be before this script arrives.
const wrong = 'form[method=post] [aria-invalid="true"]';

function forget(field) {
  field.removeAttribute('aria-invalid');
  field.classList.remove('invalid');
  for (const id of field.getAttribute('aria-describedby')?.split(' ') ?? [])
    document.querySelector(`#${CSS.escape(id)}:is(.field-error), #${CSS.escape(id)} .field-error`)?.remove();
}
document.addEventListener('input', ({ target }) => {
  const field = target.matches(wrong) ? target : target.closest('fieldset')?.querySelector(wrong);
  if (field) forget(field);
});
for (const field of document.querySelectorAll(wrong)) if ('defaultValue' in field && field.value !== field.defaultValue) forget(field);

for (const button of document.querySelectorAll('[data-reload]')) {
  button.addEventListener('click', () => location.reload());
  button.hidden = false;
}

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
// MudBlazor's focus trap needs a server round trip, which is too slow for fast tabbing. Only for Tab, as a closing
// dialog moves the focus itself.
let tabbing = false;
document.addEventListener('keydown', ({ key }) => { tabbing = key === 'Tab'; }, true);
document.addEventListener('focusin', ({ target }) => {
  const dialog = tabbing && [...document.querySelectorAll('.mud-dialog')].at(-1);
  if (dialog && !target.closest('.mud-dialog-container, .mud-popover')) dialog.querySelector('button, input, [tabindex="0"]')?.focus();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') document.querySelectorAll('details.menu[open]').forEach(close);
});

// Signing out clears private data from the browser; unsent messages would be lost, so it asks first.
const isMine = (name, me) => ['outbox', 'draft', 'pictures', 'answer'].some((kind) => name.startsWith(`${kind}:${me}:`));

function clearAfter(me) {
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage)) if (storage === sessionStorage || isMine(name, me)) storage.removeItem(name);
  globalThis.caches?.delete('tray');
  import('/Notifications/Push/push.js').then((push) => push.forget(me)).catch(() => {});
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
    // A blocked storage holds nothing.
  }
});
document.addEventListener('click', ({ target }) => target.closest('[data-stay]')?.closest('dialog').close());

if (document.querySelector('[data-notices]')) import('/Notifications/notices.js');

navigator.serviceWorker?.register('/sw.js').catch(() => {
  // Without a service worker, the browser shows its own offline page.
});
