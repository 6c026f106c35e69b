import ICAL from 'ical.js';

// The only place that sets the library's global options. 74 octets of content plus the leading space
// of a continuation give lines of at most 75 octets (RFC 5545 §3.1); the default 75 would give 76.
ICAL.foldLength = 74;
ICAL.newLineChar = '\r\n';

export { ICAL };
