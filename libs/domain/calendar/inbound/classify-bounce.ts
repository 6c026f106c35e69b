import type { DeliveryReport } from './delivery-report.js';

/**
 * What a failure says. `address`: there is no such mailbox. `mailbox-full`. `throttle`: the sending host, domain or
 * account is held back, by rate limits or by checks of its domain. `policy`: the message or its sender was refused.
 * `transient`: 4.x.x.
 */
export type BounceClass = 'address' | 'mailbox-full' | 'throttle' | 'policy' | 'transient' | 'unknown';

/** The enhanced status code after the reply code of a server's answer (RFC 2034 §4); '' when it tells none. */
export function statusIn(diagnostic: string): string {
  return /\b[245]\d\d[ -]+#?([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/.exec(diagnostic)?.[1] ?? '';
}

/** Codes that say no more than "failed", "refused" or "not accepted": what the server wrote beside them tells more. */
const GENERIC = /^[245]\.(?:0\.\d+|\d\.0|2\.1|7\.1)$|^$/;

/**
 * RFC 3463 and the IANA registry; .1.10 RFC 7505. Of Exchange Online: 5.1.351 unknown remote recipient; 5.1.90, 5.2.121,
 * 5.2.122, 5.7.232, 5.7.233 and 5.7.705 are limits. .4.5 is the daily quota of a sender at Google.
 */
const BY_STATUS: readonly (readonly [RegExp, BounceClass])[] = [
  [/^[45]\.4\.[25]$|^4\.7\.|^[45]\.(?:1\.90|2\.12[12]|7\.(?:28|232|233|705))$/, 'throttle'],
  [/^[45]\.2\.2$/, 'mailbox-full'],
  [/^5\.1\.(?:[1-36]|10|351)$/, 'address'],
  [/^5\.(?:1\.[789]|2\.3|3\.4|5\.3|[67]\.\d+)$/, 'policy'],
];

// Chinese providers answer 550 when they throttle or could not check the domain ("550 Ip frequency limited",
// "550 DMARC check failed" of QQ Mail; "554 HL:IHU", "550 MI:SPF" of NetEase): nothing is wrong with the address.
const THROTTLED =
  /frequency|too frequent|rate.?limit|too many|throttl|greylist|try again|lost connection|at a rate that|too quickly|dmarc check failed|spf check failed|suspected spam ip|connection denied|频率|频繁|限制|暂时挂起|\bHL:[A-Z]{3}\b|\bMI:(?:CEL|DMA|DMC|CCL|SFQ|SPF|STC|FTL|IPB|IMF)\b|\bRP:(?:RCL|QRC|CCL|CEL|DRC|TRC)\b/i;
const SENDING_LIMIT = /\b(?:sending|hourly|daily|relay)(?: \w+){0,3} (?:quota|limit)|发信.{0,10}超过/i;
const FULL =
  /(?:mail ?box|mail ?folder|inbox|account) (?:is )?full|over ?quota|quota (?:exceeded|violation)|exceed\w* (?:\w+ ){0,3}(?:quota|storage)|exhausted (?:\w+ ){0,3}storage|mailbox (?:\w+ ){0,2}exceed|(?:邮箱|信箱|空间|容量)已?满|(?:空间|容量)不足/i;
const HOPS = /too many (?:hops|received)/i;
// Of the sender, not of the recipient: "Sender verify failed", "your IP does not exist in DNS".
const BAD_SENDER = new RegExp(
  [
    "sender(?:'s)?(?: (?:e-?mail|address|domain|name))* (?:rejected|refused|denied|verif|unknown|invalid|not |does(?: not|n't))",
    '(?:unknown|invalid|bad|valid) sender|(?:your|sending) (?:ip|host|domain|server|account)\\b',
    '发件人.{0,10}(?:不存在|无效|拒)|您的(?:[账帐][号户]|域名|IP)',
  ].join('|'),
  'i',
);
const NOBODY = new RegExp(
  [
    'unknown (?:user|recipient|mailbox|account|address|e-?mail)|unknown or illegal alias',
    '(?:user|recipient|mailbox|account|addressee?) (?:is )?(?:unknown|invalid|inactive|not known)',
    'no such (?:e-?mail )?(?:user|recipient|mailbox|account|address|person)|no (?:mailbox|account) (?:here|by)',
    "(?:user|recipient|mailbox|account|address) (?:was )?not (?:found|exist)|does(?: not|n't) exist",
    "does(?: not|n't) have an? \\S+ account|not listed in domino|name is not recognized",
    'not a (?:valid|known) (?:user|recipient|mailbox|account)|invalid (?:user|recipient|mailbox|account)',
    '(?:user|mailbox|account) (?:(?:is|was|has been) )?(?:disabled|deactivated|discontinued|closed)',
    '(?:user|recipient|mailbox|account|address) (?:is )?no longer|address rejected|unrouteable address',
    '不存在|(?:没有|无)此用户|(?:用户|[账帐][号户]|邮箱)(?:已|被|已被)?[停禁]用',
  ].join('|'),
  'i',
);

/** What went wrong: by the code where it is a telling one, else by what the server wrote. */
export function classifyBounce({
  status,
  diagnostic,
}: Pick<DeliveryReport, 'status' | 'diagnostic'>): BounceClass {
  const code = tellingCode(status, diagnostic);
  const told = GENERIC.test(code) ? undefined : BY_STATUS.find(([pattern]) => pattern.test(code));
  return told?.[1] ?? byWords(diagnostic.replace(/https?:\/\/\S+/gi, ' '), code);
}

/** The status, or the server's own code of the same class where the status is a generic one. */
function tellingCode(status: string, diagnostic: string): string {
  if (!GENERIC.test(status)) return status;
  const own = statusIn(diagnostic);
  return own !== '' && (status === '' || own.startsWith(status.charAt(0))) ? own : status;
}

function byWords(diagnostic: string, code: string): BounceClass {
  if (SENDING_LIMIT.test(diagnostic)) return 'throttle';
  if (FULL.test(diagnostic)) return 'mailbox-full';
  if (THROTTLED.test(diagnostic) && !HOPS.test(diagnostic)) return 'throttle';
  const told = BY_STATUS.find(([pattern]) => pattern.test(code))?.[1];
  if (told === 'throttle') return told;
  if (code.startsWith('4')) return 'transient';
  if (BAD_SENDER.test(diagnostic)) return 'policy';
  if (NOBODY.test(diagnostic) || /^5\.(?:1\.0|2\.1)$/.test(code)) return 'address';
  return told ?? 'unknown';
}

/** Whether the failure is final for this message: class 5, of the status or of the reply code, and no matter of rates. */
export function isPermanent(report: DeliveryReport): boolean {
  if (report.action !== 'failed') return false;
  const code = report.status || /(?<![\d.])[245]\d\d(?=[ -])/.exec(report.diagnostic)?.[0];
  return code?.startsWith('5') === true && classifyBounce(report) !== 'throttle';
}

/** Whether a server's own answer refuses a recipient for good because there is no such mailbox (RFC 5321 §4.2.1). */
export function saysNoMailbox(answer: string): boolean {
  return /^5\d\d\b/.test(answer) && classifyBounce({ status: '', diagnostic: answer }) === 'address';
}
