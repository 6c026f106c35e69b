import { isNullPath } from './automatic-mail.js';
import { isAutomaticSubject } from './automatic-subject.js';
import { statusIn } from './classify-bounce.js';
import { mailAddress, readDeliveryStatus, type DeliveryReport } from './delivery-report.js';
import { headerOf, type MailFacts } from './mail-facts.js';
import { storableText } from './storable-text.js';

const MAX_PROSE = 8000;
const MAX_VALUE = 1000;
const MAX_RECIPIENTS = 100;

const DAEMON = /^(?:mailer-daemon|mail-daemon|mailerdaemon)(?:@|$)/i;
const SERVER = /^(?:post_?master|mdaemon|mail[._-]?delivery[^@]*|microsoftexchange[^@]*)@/i;
const SERVER_NAME =
  /mailer.?daemon|mail deliver\w* (?:sub)?system|system administrator|^postmaster$|系统管理员|邮件系统/i;
const NOBODY_READS = /^(?:no|do.?not)[._-]?reply|^(?:mail.?)?(?:admin|daemon)\w*@/i;
const BOUNCE_SUBJECT =
  /undeliver|non-?deliver|not (?:be )?delivered|could not send|error sending your|delivery (?:status|notification|problem|failure|has failed|failed)|failure (?:notice|delivery)|returned (?:e-?)?mail|\[bounce\]|could not be delivered|mail (?:delivery )?fail|mail (?:system )?error|退信|退回|被退|投递失败|无法投递|未送达|未能送达|发送失败|发信失败|無法(?:傳遞|投遞)|未傳遞|unzustellbar|nicht zugestellt|non remis|non délivr|échec de (?:la )?(?:remise|distribution)|no se (?:puede|pudo|ha podido) entregar|no entregado|mancat[ao] (?:recapito|consegna)|(?:配信|配達|送信)(?:不能|できません|に失敗)|(?:配信|メール)エラー/i;
/** Subjects that a person's program writes when somebody answers a mail or hands one on. */
const HANDED_ON = /^\s*(?:re|aw|sv|fwd?|wg|回复|答复|转发|转寄)\s*[:：]/i;

/** How programs say that a mail did not arrive, in several languages. */
const FAILURES = [
  "(?:could|can|did|does|was|were|is|has|have)(?: ?not|n['’]t)(?: yet)?(?: been| be)?(?: successfully)? (?:delivered|reach(?:ed)? (?:the|its|their) )",
  'undeliverable|not deliverable|not listed in domino directory',
  "(?:unable|not able|n['’]t able|failed|trouble|problems?|could not|couldn['’]t|can ?not|can['’]t|errors?|attempting)(?: \\w+){0,2} deliver",
  'deliver(?:y|ing)\\b[^.]{0,60}\\b(?:failed|failures?|aborted|problems?|errors?|impossible|delayed)',
  '(?:address|recipient)(?:\\(?e?s\\)?)? (?:had|returned|failed)\\b|failed (?:recipient|address)|returned permanent errors',
  'transcript of session|returned to (?:you|sender)|automatically rejected',
  '无法(?:投递|送达|发送到)|投递失败|发送失败|未能送达|无法送达|被退回|無法(?:投遞|傳遞|送達)|(?:送信|配信|配達)(?:できません|できず|不能)|送信エラー',
  "nicht zugestellt|konnte nicht zugestellt|n['’]a pas pu être|non (?:remis|délivré)|no (?:se )?(?:ha podido|pudo|puede) (?:ser )?entreg|não (?:pôde|foi) (?:ser )?entreg|non è stato possibile (?:recapitare|consegnare)|не (?:может быть|было|удалось) достав",
];
/** A server's answer, with what it speaks of. */
const ANSWER =
  '^[^\\p{L}\\n]{0,8}[45][0-5]\\d[ -][^\\n]{0,200}(?:user|recipient|mailbox|address|account|relay|reject|denied|blocked|spam|quota)';
const FAILURE = new RegExp([...FAILURES, ANSWER].join('|'), 'imu');

/**
 * Whether a mail without a part for machines says that another mail did not arrive: old mail servers and some large
 * providers write in prose only. A server is known by its name, its address or its empty return path, and says it in
 * the subject, or in a text that names a recipient. Others have to do both, or to return the mail from an address that
 * nobody reads: people as well write about mails that did not arrive, also those who are called postmaster.
 */
export function isBounceProse(facts: MailFacts): boolean {
  if (facts.reportType === 'delivery-status') return true;
  if (headerOf(facts, 'x-failed-recipients') !== null) return true;
  const from = facts.from[0] ?? '';
  if (DAEMON.test(from || facts.fromName.trim())) return true;
  if (facts.calendars.length > 0 || isAutomaticSubject(facts.subject)) return false;
  const inSubject = BOUNCE_SUBJECT.test(facts.subject);
  const server = isServer(from, facts);
  if (server && inSubject) return true;
  const returned = NOBODY_READS.test(from) && facts.returnedHeader.trim() !== '';
  if (!server && !returned && (!inSubject || HANDED_ON.test(facts.subject))) return false;
  const prose = proseOf(facts.text);
  return FAILURE.test(prose) && recipientsInProse(prose, facts)[0] !== '';
}

function isServer(from: string, facts: MailFacts): boolean {
  const local = from.replace(/@[^@]*$/, '').replaceAll('"', '');
  if (from === '' || SERVER.test(from) || SERVER_NAME.test(facts.fromName) || SERVER_NAME.test(local))
    return true;
  const path = headerOf(facts, 'return-path');
  return isNullPath(path) || DAEMON.test(path?.replace(/[\s<>]/g, '') ?? '');
}

const RETURNED =
  /^[ >*]*(?:--.*(?:copy of|original|returned|unsent message|headers?|below|原始邮件|原信件)|(?:original message|below is a copy|included is a copy|a copy of (?:the|your) (?:original )?message)\b).*$/im;

/** What a program wrote before it returns the mail. */
function proseOf(text: string): string {
  return text.slice(0, MAX_PROSE).split(RETURNED)[0] ?? '';
}

const WARNING = /delayed|not yet been delivered|will be retried|warning:|延迟/i;
const QUOTED = /(?<![\d.])[45]\d\d[ -].*$/m;
const NO_CONTINUATION = /^\s*(?:$|<<<|>>>|\.\.\.|-{2})/;
const RULE = /^\s*-{3}/;
/** A status code that stands alone: not within an address or a version; subjects are 0 to 7 (RFC 3463 §3). */
const BARE_STATUS = /(?:#|(?<![\w./-]))([45]\.[0-7]\.\d{1,3})(?!\.?\d)/;

/**
 * What a bounce without a machine-readable part says: the fields of one whose part was taken into the text, else
 * recipients of X-Failed-Recipients, else those that stand on lines of their own, else the first that is named where the
 * prose says what went wrong, else whom the returned mail was to. Who sent the report and whom it was sent to are none of
 * them. Status codes and answers where the prose quotes them.
 */
export function guessDeliveryReports(
  facts: Pick<MailFacts, 'text' | 'subject' | 'headers' | 'from' | 'to' | 'deliveredTo' | 'returnedHeader'>,
): DeliveryReport[] {
  const prose = proseOf(facts.text);
  const fields = readDeliveryStatus(prose).filter((report) => report.recipient !== '');
  if (fields.length > 0) return fields.map((report) => ({ ...report, guessed: true }));
  const named = (headerOf(facts, 'x-failed-recipients') ?? '').split(',').map(mailAddress).filter(Boolean);
  const recipients = named.length > 0 ? named : recipientsInProse(prose, facts);
  const failed = [...new Set(recipients)].slice(0, MAX_RECIPIENTS);
  const about = proseAbout(prose, failed);
  return failed.map((recipient) => {
    const said = about(recipient);
    return {
      recipient,
      originalRecipient: null,
      action: WARNING.test(facts.subject) ? 'delayed' : 'failed',
      status: statusIn(said) || (BARE_STATUS.exec(said)?.[1] ?? ''),
      diagnostic: storableText(answerIn(said) || lineBehind(said, recipient), MAX_VALUE),
      guessed: true,
    };
  });
}

/** A server's answer with the lines it is continued on; '' when none is quoted. */
function answerIn(prose: string): string {
  const at = QUOTED.exec(prose)?.index ?? prose.length;
  const [first = '', ...rest] = prose.slice(at, at + MAX_VALUE).split('\n');
  const end = rest.findIndex((line) => NO_CONTINUATION.test(line) || addressOfLine(line) !== '');
  return [first, ...(end < 0 ? rest : rest.slice(0, end))].map((line) => line.trim()).join(' ');
}

/**
 * What a prose says of one recipient of several: the lines that name it and those behind them, else what is said of
 * nobody in particular. The lines behind several addresses are about each of them.
 */
function proseAbout(prose: string, recipients: readonly string[]): (recipient: string) => string {
  if (recipients.length < 2) return () => prose;
  let whose: readonly string[] = [];
  let inList = false;
  const owned = prose.split('\n').map((line) => {
    const alone = addressOfLine(line);
    const named = addressesIn(line).filter((one) => recipients.includes(one));
    if (RULE.test(line)) whose = [];
    else if (named.length > 0) whose = alone !== '' && inList ? [...whose, alone] : named;
    if (line.trim() !== '') inList = alone !== '';
    return { line, whose: alone === '' ? whose : [alone] };
  });
  const part = (isIn: (whose: readonly string[]) => boolean) =>
    owned.map((one) => (isIn(one.whose) ? one.line : '')).join('\n');
  const ofNobody = part((one) => one.length === 0);
  return (recipient) => {
    const own = part((one) => one.includes(recipient));
    return QUOTED.test(own) || BARE_STATUS.test(own) || lineBehind(own, recipient) !== '' ? own : ofNobody;
  };
}

const PROSE_ADDRESS = /[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,250}[A-Za-z0-9]/g;
const LONGEST_ADDRESS = 320;

/** At least one; '' when nothing tells. */
function recipientsInProse(
  prose: string,
  facts: Pick<MailFacts, 'text' | 'from' | 'to' | 'deliveredTo' | 'returnedHeader'>,
): string[] {
  const ours = new Set(
    [...facts.from, ...facts.to, ...facts.deliveredTo].flatMap((one) => [one, one.replace(/\+[^@]*@/, '@')]),
  );
  const known = (address: string) => address !== '' && !ours.has(address);
  const said = prose.slice(FAILURE.exec(prose)?.index ?? 0);
  const own = [said, prose].map((part) => part.split('\n').map(addressOfLine).filter(known));
  const lines = own.find((found) => found.length > 0);
  if (lines !== undefined) return lines;
  const returned = facts.returnedHeader || facts.text.slice(prose.length, MAX_PROSE);
  const returnedTo = /^to:(.*)$/im.exec(returned)?.[1] ?? '';
  const first = [...addressesIn(said), ...addressesIn(prose), mailAddress(returnedTo)].find(known);
  return [first ?? ''];
}

/** The address that stands alone on a line, behind a mark of a list or before a colon; else ''. */
function addressOfLine(line: string): string {
  if (line.length > LONGEST_ADDRESS + 80) return '';
  const bare = line
    .replace(/^[\s>*•-]+/, '')
    .replace(/[\s:]+$/, '')
    .replace(/^[<"'](.*)[>"']$/, '$1');
  return bare.length <= LONGEST_ADDRESS && bare.replace(PROSE_ADDRESS, '') === '' ? bare.toLowerCase() : '';
}

function addressesIn(text: string): string[] {
  return [...text.matchAll(PROSE_ADDRESS)]
    .map(([found]) => found.toLowerCase().replace(/^smtp=/, ''))
    .filter((found) => !/^(?:postmaster|mailer-daemon)@/.test(found));
}

/** What stands next to a recipient where no server's answer is quoted. */
function lineBehind(prose: string, recipient: string): string {
  const lines = prose.split('\n').map((line) => line.trim());
  const at = recipient === '' ? -1 : lines.findIndex((line) => addressOfLine(line) === recipient);
  return at < 0 ? '' : (lines.slice(at + 1).find((line) => /[^:]$/.test(line)) ?? '');
}
