// The cautions beside messages. What the reader calls wrong stays away in this browser session.
export function attachCautions(log, changed, tell, signal) {
  const name = `cautions:${location.pathname}`;
  const wrong = new Set(read(name));

  function hide() {
    for (const caution of log.querySelectorAll('[data-caution]')) caution.hidden = wrong.has(caution.dataset.caution);
  }

  log.addEventListener('click', ({ target }) => {
    const caution = target.closest('[data-wrong]')?.closest('[data-caution]');
    if (!caution) return;
    wrong.add(caution.dataset.caution);
    write(name, [...wrong]);
    hide();
    // The pressed button is gone; its message is where the reader was.
    log.querySelector(`[data-seq="${caution.dataset.caution}"]`)?.focus({ preventScroll: true });
    changed();
    tell(Number(caution.dataset.caution));
  }, { signal });
  hide();
  return hide;
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name)) ?? [];
  } catch {
    return [];
  }
}

function write(name, seqs) {
  try {
    sessionStorage.setItem(name, JSON.stringify(seqs));
  } catch {
    // Without storage, the caution comes back with the next page.
  }
}
