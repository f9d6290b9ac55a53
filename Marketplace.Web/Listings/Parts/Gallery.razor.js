const instant = { behavior: 'instant' };

function drive(box, row) {
  const photos = row.querySelectorAll('[data-photo]');
  const within = (selector) => [...box.querySelectorAll(selector)].filter((part) => part.closest('dialog, [data-gallery]') === box);
  let at = 0;
  let heading = null;
  let settling;

  function mark(index) {
    if (index === at) return;
    at = index;
    for (const figures of within('[data-figures]')) figures.textContent = `${at + 1}/${photos.length}`;
    for (const said of within('[data-said]')) said.textContent = box.dataset.count.replace('{0}', at + 1).replace('{1}', photos.length);
    within('[data-dot]').forEach((dot, number) => dot.classList.toggle('on', number === at));
    within('[data-to]').forEach((thumb, number) => (number === at ? thumb.setAttribute('aria-current', 'true') : thumb.removeAttribute('aria-current')));
    bound();
  }

  // aria-disabled instead of disabled, which would drop the focus at the last photo.
  function bound() {
    for (const arrow of within('[data-step]')) {
      const to = at + Number(arrow.dataset.step);
      arrow.setAttribute('aria-disabled', to < 0 || to >= photos.length);
    }
  }

  function go(index, how) {
    const to = Math.min(Math.max(index, 0), photos.length - 1);
    heading = to;
    row.scrollTo({ left: to * row.clientWidth, ...how });
    mark(to);
  }

  // Wait for the scroll to end: on its way to a photo it passes others.
  // A scroll may end after its dialog closed; a row without width shows no photo to mark.
  const settle = () => {
    if (!row.clientWidth) return;
    const shown = Math.round(row.scrollLeft / row.clientWidth);
    // The end of an earlier scroll, while the next one is on its way.
    if (heading !== null && shown !== heading) return;
    heading = null;
    mark(shown);
  };
  for (const taken of ['pointerdown', 'touchstart', 'wheel']) row.addEventListener(taken, () => { heading = null; }, { passive: true });
  if ('onscrollend' in window) row.addEventListener('scrollend', settle);
  else row.addEventListener('scroll', () => {
    clearTimeout(settling);
    settling = setTimeout(settle, 120);
  }, { passive: true });
  box.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.closest('dialog, [data-gallery]') !== box) return;
    event.preventDefault();
    go(at + step);
  });
  box.addEventListener('click', ({ target }) => {
    const control = target.closest('[data-step], [data-to]');
    if (!control || control.closest('dialog, [data-gallery]') !== box) return;
    go('to' in control.dataset ? Number(control.dataset.to) : at + Number(control.dataset.step));
  });
  for (const part of within('[data-scripted]')) part.hidden = false;
  bound();
  return { go, at: () => at };
}

for (const gallery of document.querySelectorAll('[data-gallery]')) {
  const dialog = gallery.querySelector('dialog');
  const page = drive(gallery, gallery.querySelector('[data-row]'));
  const full = drive(dialog, dialog.querySelector('[data-row]'));
  const links = [...gallery.querySelectorAll('a[data-photo]')];
  gallery.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-photo]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
    full.go(links.indexOf(link), instant);
    dialog.querySelector('[data-row]').focus();
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target.closest('[data-close]') || target.matches('[data-photo]')) dialog.close();
  });
  dialog.addEventListener('close', () => {
    page.go(full.at(), instant);
    links[full.at()].focus({ preventScroll: true });
  });
}
