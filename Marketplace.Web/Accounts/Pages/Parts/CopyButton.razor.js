for (const place of document.querySelectorAll('[data-copy]')) {
  const said = place.querySelector('[role=status]');
  place.querySelector('button').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(place.dataset.copy);
      said.textContent = place.dataset.copied;
    } catch {
      // The clipboard needs https.
      getSelection().selectAllChildren(document.getElementById(place.dataset.of));
      said.textContent = place.dataset.byHand;
    }
  });
  place.hidden = false;
}
