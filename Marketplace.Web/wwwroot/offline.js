// English if the browser prefers it, else Spanish.
if (navigator.languages.find((one) => /^(es|en)\b/.test(one))?.startsWith('en')) {
  document.documentElement.lang = 'en';
  document.title = 'No connection · Marketplace';
}

// Reloads when the browser reports to be online, and polls, as that event is unreliable.
addEventListener('online', () => location.reload());
setInterval(async () => {
  try {
    if ((await fetch('/health/live', { cache: 'no-store' })).ok) location.reload();
  } catch {
    // Still offline.
  }
}, 5000);
