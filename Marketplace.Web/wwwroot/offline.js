// In the reader's language, as far as the site speaks it: Spanish else.
if (navigator.languages.find((one) => /^(es|en)\b/.test(one))?.startsWith('en')) {
  document.documentElement.lang = 'en';
  document.title = 'No connection · Marketplace';
}

// Comes back by itself: when the browser says that it is online, and at intervals, as it does not always know.
addEventListener('online', () => location.reload());
setInterval(async () => {
  try {
    if ((await fetch('/health/live', { cache: 'no-store' })).ok) location.reload();
  } catch {
    // Still away.
  }
}, 5000);
