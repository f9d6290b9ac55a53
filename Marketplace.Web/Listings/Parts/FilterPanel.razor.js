// The button says how many the filters as they stand would show.
const button = document.querySelector('[data-count]');
const panel = button.closest('aside');
let asked = new AbortController();
let waiting;

async function count() {
  asked.abort();
  asked = new AbortController();
  const query = new URLSearchParams(new FormData(button.form));
  try {
    const answer = await fetch(`${button.dataset.count}?${query}`, { signal: asked.signal });
    if (answer.ok) button.textContent = await answer.text();
  } catch {
    // The number stays what it was; the button does what it says without it.
  }
}
panel.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(count, 250);
});
