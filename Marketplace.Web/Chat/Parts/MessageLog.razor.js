// Keeps the newest message in view while the reader is at the end, holds the row under the eye when older ones come in,
// and tells the server what has been seen in a visible window.
const near = 80; // px from the end that still count as "at the end"

export function attach(server, log) {
  let atEnd = true;
  let seen = 0;
  let height = log.clientHeight;
  let loading = false;
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  const lastSeq = () => Number([...log.querySelectorAll('[data-seq]')].at(-1)?.dataset.seq ?? 0);

  function look() {
    const seq = lastSeq();
    if (!atEnd || seq <= seen || document.visibilityState !== 'visible') return;
    seen = seq;
    server.invokeMethodAsync('SeenAsync', seq).catch(() => { seen = 0; });
  }

  async function older() {
    if (loading || !log.querySelector('[data-older]')) return;
    loading = true;
    const fromEnd = log.scrollHeight - log.scrollTop;
    try {
      await server.invokeMethodAsync('OlderAsync');
      log.scrollTop = log.scrollHeight - fromEnd;
    } catch {
      // The circuit is away; the reader scrolls again when it is back.
    } finally {
      loading = false;
    }
  }

  const onScroll = () => {
    // A scroll that a change of layout caused says nothing about where the reader wants to be.
    if (log.clientHeight !== height) return;
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < near;
    if (log.scrollTop < 200 && log.scrollHeight > log.clientHeight) older();
    look();
  };
  const onClick = (event) => { if (event.target.closest('[data-older]')) older(); };
  const changed = () => { height = log.clientHeight; if (atEnd) toEnd(); look(); };
  const rows = new MutationObserver(changed);
  const size = new ResizeObserver(changed);

  toEnd();
  rows.observe(log, { childList: true });
  size.observe(log);
  log.addEventListener('scroll', onScroll, { passive: true });
  log.addEventListener('click', onClick);
  document.addEventListener('visibilitychange', look);
  look();

  return {
    detach() {
      rows.disconnect();
      size.disconnect();
      document.removeEventListener('visibilitychange', look);
    },
  };
}
