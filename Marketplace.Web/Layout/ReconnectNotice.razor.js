// The framework tries to reconnect by itself for a while. Once it gives up, or the server no longer knows the circuit,
// the page is asked for again as soon as the server answers: drafts and unsent messages are kept in the browser.
const notice = document.getElementById('components-reconnect-modal');
const trying = ['components-reconnect-show', 'components-reconnect-retrying'];
let reloading = false;

new MutationObserver(() => {
  const state = [...notice.classList].find((name) => name.startsWith('components-reconnect-'));
  const fine = !state || state === 'components-reconnect-hide' || trying.includes(state);
  if (!fine && !reloading) {
    reloading = true;
    notice.classList.add('gone');
    reloadWhenBack();
  }
}).observe(notice, { attributes: true, attributeFilter: ['class'] });

async function reloadWhenBack() {
  for (;;) {
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) return location.reload();
    } catch {
      // Still away.
    }
    await new Promise((next) => setTimeout(next, 1000));
  }
}
