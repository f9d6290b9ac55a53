async function share(place) {
  const { url, title } = place.dataset;
  if (navigator.share) {
    try {
      await navigator.share({ title, url });
      return '';
    } catch (problem) {
      if (problem.name === 'AbortError') return '';
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return place.dataset.copied;
  } catch {
    // The clipboard needs https.
    return place.dataset.byHand.replace('{0}', url);
  }
}

for (const place of document.querySelectorAll('[data-share]')) {
  const said = place.querySelector('[role=status]');
  let fading;
  place.hidden = false;
  place.querySelector('button').addEventListener('click', async () => {
    clearTimeout(fading);
    said.textContent = await share(place);
    fading = setTimeout(() => { said.textContent = ''; }, 6000);
  });
}
