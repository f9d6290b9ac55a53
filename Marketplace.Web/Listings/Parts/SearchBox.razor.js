// Who comes back finds the search of the address, not what was typed before leaving.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted || performance.getEntriesByType('navigation')[0]?.type === 'back_forward') document.getElementById('search').reset();
});
