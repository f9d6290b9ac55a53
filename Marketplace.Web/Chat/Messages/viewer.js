const closest = 4; // maximum zoom factor

export function makeViewer(dialog, log, words) {
  const image = dialog.querySelector('img');
  const save = dialog.querySelector('[data-save]');
  const fingers = new Map(); // pointer id -> position
  let all = [];
  let at = 0;
  let from = null; // start x of a single touch
  let zoom = 1;
  let [x, y] = [0, 0];

  function show(index) {
    if (index < 0 || index >= all.length) return;
    at = index;
    come(1);
    image.src = all[at].href;
    image.alt = all[at].querySelector('img').alt;
    save.href = all[at].href;
    dialog.querySelector('[data-back]').disabled = at === 0;
    dialog.querySelector('[data-on]').disabled = at === all.length - 1;
    dialog.querySelector('[data-count]').textContent = words.replace('{0}', at + 1).replace('{1}', all.length);
  }

  function come(to, dx = 0, dy = 0) {
    zoom = Math.max(1, Math.min(closest, to));
    const [widest, highest] = [image.clientWidth, image.clientHeight].map((size) => (size * (zoom - 1)) / 2);
    x = Math.max(-widest, Math.min(widest, zoom === 1 ? 0 : x + dx));
    y = Math.max(-highest, Math.min(highest, zoom === 1 ? 0 : y + dy));
    for (const [name, value] of [['--zoom', zoom], ['--x', `${x}px`], ['--y', `${y}px`]]) image.style.setProperty(name, value);
    image.toggleAttribute('data-zoomed', zoom > 1);
  }

  const apart = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };

  dialog.addEventListener('click', ({ target }) => {
    if (target.closest('[data-back]')) show(at - 1);
    else if (target.closest('[data-on]')) show(at + 1);
    else if (target.closest('[data-zoom]')) come(zoom > 1 ? 1 : 2);
    else if (target === dialog || target.closest('[data-close]')) dialog.close();
  });
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') show(at - 1);
    else if (key === 'ArrowRight') show(at + 1);
    else if (key === '+') come(zoom * 1.5);
    else if (key === '-') come(zoom / 1.5);
  });
  image.addEventListener('dblclick', () => come(zoom > 1 ? 1 : 2));
  image.addEventListener('wheel', (event) => { event.preventDefault(); come(zoom * (event.deltaY < 0 ? 1.15 : 1 / 1.15)); }, { passive: false });
  dialog.addEventListener('pointerdown', (event) => {
    if (event.target === image) event.preventDefault();
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    from = fingers.size === 1 ? event.clientX : null;
  });
  dialog.addEventListener('pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const before = fingers.size === 2 ? apart() : 0;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (before > 0) come((zoom * apart()) / before);
    else if (zoom > 1) come(zoom, dx, dy);
  });
  for (const type of ['pointerup', 'pointercancel'])
    dialog.addEventListener(type, (event) => {
      const way = event.clientX - (from ?? event.clientX);
      fingers.delete(event.pointerId);
      if (type === 'pointerup' && zoom === 1 && Math.abs(way) > 50) show(at + (way < 0 ? 1 : -1));
      from = null;
    });
  dialog.addEventListener('close', () => { image.removeAttribute('src'); });

  return (link) => {
    all = [...log.querySelectorAll('a[data-picture]')];
    show(all.indexOf(link));
    dialog.showModal();
  };
}
