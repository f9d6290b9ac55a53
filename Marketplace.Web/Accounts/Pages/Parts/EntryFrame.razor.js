// A form that came back with something to mend stays in the history as a POST, which Back could only send again: as a GET it
// leads on to where one was heading.
history.replaceState(history.state, '', location.href);
