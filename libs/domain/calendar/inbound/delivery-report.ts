import { statusIn } from './classify-bounce.js';
import { storableText } from './storable-text.js';

/** What a report says about one recipient (RFC 3464 §2.3). */
export interface DeliveryReport {
  /** Lower case; '' when the report names nobody. */
  readonly recipient: string;
  readonly originalRecipient: string | null;
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code (RFC 3463), or '' when none is told. */
  readonly status: string;
  readonly diagnostic: string;
  /** Read out of prose, not out of a machine-readable part. */
  readonly guessed: boolean;
}

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
const MAX_RECIPIENTS = 100;
/** Who it was for, the most telling first; a server's own name for a mailbox may be no address. */
const RECIPIENTS = ['final-recipient', 'original-recipient', 'x-actual-recipient'];
/** Apostrophes stand in local parts, and around whole addresses (RFC 5322 §3.2.3, RFC 5321 §4.1.2 and §4.1.3). */
const ADDRESS =
  /(?:"(?:[^"\\]|\\.)+"|[^\s<>"'(),:;[\]][^\s<>"(),:;[\]]*)@(?:\[[^\s<>[\]]+\]|[\p{L}\p{N}.-]*[\p{L}\p{N}])/u;
/** Longer values are cut before anything is looked for in them. */
const MAX_VALUE = 1000;

/** The reports of a message/delivery-status part: groups of fields, the first about the message. */
export function readDeliveryStatus(text: string): DeliveryReport[] {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]+$/gm, '')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .slice(0, MAX_RECIPIENTS + 1)
    .map(readFields);
  const named = groups.filter((fields) => RECIPIENTS.some((name) => fields.has(name)));
  // Some servers write the action once, among the fields of the message.
  const common = groups.find((fields) => !named.includes(fields))?.get('action');
  if (named.length > 0) return named.map((fields) => readGroup(fields, common));
  return groups.filter((fields) => fields.has('action')).map((fields) => readGroup(fields, common));
}

type Fields = ReadonlyMap<string, string>;

function readFields(group: string): Fields {
  const fields = new Map<string, string>();
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name))
      fields.set(name, storableText(line.slice(colon + 1).trim(), MAX_VALUE));
  }
  return fields;
}

function readGroup(fields: Fields, commonAction: string | undefined): DeliveryReport {
  const diagnostic = fields.get('diagnostic-code') ?? '';
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '')?.[0] ?? statusIn(diagnostic);
  const action = (fields.get('action') ?? commonAction)?.toLowerCase().split(/\s/)[0];
  const original = fields.get('original-recipient');
  return {
    recipient: RECIPIENTS.map((name) => mailAddress(fields.get(name) ?? '')).find(Boolean) ?? '',
    originalRecipient: original === undefined ? null : mailAddress(original),
    action: ACTIONS.find((known) => known === action) ?? actionOf(status),
    status,
    diagnostic,
    guessed: false,
  };
}

/** What the class of a status says where no known Action does (RFC 3463 §3.1). */
function actionOf(status: string): DeliveryReport['action'] {
  if (status.startsWith('2')) return 'delivered';
  return status.startsWith('4') ? 'delayed' : 'failed';
}

/** The address in a field such as `rfc822; <a@b.example>`, lower case; '' when there is none. */
export function mailAddress(field: string): string {
  const value = field.slice(0, MAX_VALUE);
  const text = value.slice(value.indexOf(';') + 1);
  const found = ADDRESS.exec(/^\s*utf-8\s*;/i.test(value) ? withoutEscapes(text) : text)?.[0] ?? '';
  return found.toLowerCase();
}

/** Characters beyond ASCII that a seven-bit report writes as `\x{7528}` (RFC 6533 §3). */
function withoutEscapes(text: string): string {
  return text.replace(/\\x\{([0-9a-f]{2,6})\}/gi, (escape, hex: string) => {
    const point = Number.parseInt(hex, 16);
    const isText = point > 0x9f && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    return isText ? String.fromCodePoint(point) : escape;
  });
}
