// A form with errors stays in the history as a POST, which Back would send again; replaceState makes it a GET.
history.replaceState(history.state, '', location.href);
