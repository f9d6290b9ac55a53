const enough = 96; // px

export function makeSwipe(frame, { action, name, act }) {
  let drawn = null; // { row, x, y, by }

  const onDown = (event) => {
    const row = event.target.closest('[data-room]');
    drawn = event.pointerType === 'touch' && row ? { row, x: event.clientX, y: event.clientY, by: 0 } : null;
  };
  const onMove = (event) => {
    if (!drawn) return;
    const by = event.clientX - drawn.x;
    if (drawn.by === 0 && Math.abs(by) < Math.max(12, 2 * Math.abs(event.clientY - drawn.y))) return;
    drawn.by = Math.max(-160, Math.min(160, by));
    const way = by < 0 ? 'start' : 'end';
    drawn.row.dataset.swipe = name(action(drawn.row, way));
    drawn.row.dataset.way = way;
    drawn.row.style.setProperty('--swipe', `${drawn.by}px`);
  };
  const onUp = ({ type }) => {
    if (!drawn) return;
    const { row, by } = drawn;
    drawn = null;
    delete row.dataset.swipe;
    row.style.removeProperty('--swipe');
    if (by === 0) return;
    // Swallows the click that follows the swipe.
    frame.addEventListener('click', (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => frame.dispatchEvent(new MouseEvent('click')), 0);
    if (type === 'pointerup' && Math.abs(by) > enough) act(row, action(row, by < 0 ? 'start' : 'end'));
  };

  frame.addEventListener('pointerdown', onDown);
  frame.addEventListener('pointermove', onMove);
  for (const type of ['pointerup', 'pointercancel']) frame.addEventListener(type, onUp);
}
