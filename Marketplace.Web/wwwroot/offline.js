// Comes back by itself: when the browser says that it is online, and at intervals, as it does not always know.
addEventListener('online', () => location.reload());
setInterval(async () => {
  try {
    if ((await fetch('/health/live', { cache: 'no-store' })).ok) location.reload();
  } catch {
    // Still away.
  }
}, 5000);
