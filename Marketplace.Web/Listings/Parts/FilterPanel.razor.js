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
    // Keep the old number: the button works without it.
  }
}
panel.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(count, 250);
});
