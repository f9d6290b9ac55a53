// Shows a log's pictures large, one at a time: arrows and swipes go on, Escape closes.
export function makeViewer(dialog, log, words) {
  const image = dialog.querySelector('img');
  let all = [];
  let at = 0;
  let from = null;

  function show(index) {
    if (index < 0 || index >= all.length) return;
    at = index;
    image.src = all[at].href;
    image.alt = all[at].querySelector('img').alt;
    dialog.querySelector('[data-back]').disabled = at === 0;
    dialog.querySelector('[data-on]').disabled = at === all.length - 1;
    dialog.querySelector('[data-count]').textContent = words.replace('{0}', at + 1).replace('{1}', all.length);
  }

  dialog.addEventListener('click', ({ target }) => {
    if (target.closest('[data-back]')) show(at - 1);
    else if (target.closest('[data-on]')) show(at + 1);
    else if (target === dialog || target.closest('[data-close]')) dialog.close();
  });
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') show(at - 1);
    if (key === 'ArrowRight') show(at + 1);
  });
  dialog.addEventListener('pointerdown', (event) => { from = event.clientX; });
  dialog.addEventListener('pointerup', (event) => {
    const way = event.clientX - (from ?? event.clientX);
    if (Math.abs(way) > 50) show(at + (way < 0 ? 1 : -1));
    from = null;
  });
  dialog.addEventListener('close', () => { image.removeAttribute('src'); });

  return (link) => {
    all = [...log.querySelectorAll('a[data-picture]')];
    show(all.indexOf(link));
    dialog.showModal();
  };
}
