// After Back, show the search of the address instead of text typed before leaving.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted || performance.getEntriesByType('navigation')[0]?.type === 'back_forward') document.getElementById('search').reset();
});
