/** Words for "automatic reply", as mail programs write them. */
const REPLIES = [
  'auto(?:matic|mated)?[ -]?(?:reply|response|answer)',
  'automatische (?:antwort|abwesenheitsnotiz)|autoantwort',
  "réponse automatique|reponse automatique|message d['’]absence",
  'respuesta automática|respuesta automatica|resposta automática|risposta automatica',
  'automatisch antwoord|automatiskt? svar|autosvar|automaattinen vastaus',
  'odpowiedź automatyczna|automatyczna odpowiedź|automatická odpov[eě]ď|automatikus válasz|răspuns automat',
  'otomatik yanıt|автоматический ответ|автоответ|автоматична відповідь',
  'tự động trả lời|trả lời tự động|자동 ?(?:회신|응답|답장)',
];
const CHINESE_REPLY =
  '(?:系统|系統|邮件|郵件|邮箱|外出|休假|离岗)?(?:自动|自動)(?:回复|回覆|回復|答复|答覆|应答|應答|回信|返信|応答|回答)';

/** Words that say where somebody is: people write them as well, but not before a colon. */
const ABSENCES = [
  'out of (?:the )?office(?: (?:auto(?:matic)?[ -]?)?(?:reply|response|message|notice|notification))?',
  'vacation(?: (?:reply|response|message|notice))?',
  'abwesen(?:d|heit|heitsnotiz|heitsmeldung|heitsnachricht|heitsassistent|heitsbenachrichtigung)',
  'absen(?:ce|te?) du bureau|fuera de (?:la )?oficina|fuori (?:sede|ufficio)|fora do escritório',
  'afwezig(?:heidsbericht)?|frånvaro(?:meddelande)?|fravær(?:smelding)?|poissaoloilmoitus|nieobecność',
  '부재 ?중|不在通知|不在連絡|不在のお知らせ|不在(?:办公室|辦公室)',
];
/** Said before a colon only: RFC 3834 §3.1.5 proposes the first. */
const MARKS = 'auto|ooo';

const ANSWER = '(?:(?:re|aw|sv|回复|答复|回覆)\\s*:\\s*)?';
const REPLY = [...REPLIES, CHINESE_REPLY].join('|');
const ANY = `${REPLY}|${ABSENCES.join('|')}`;
const PATTERNS = [
  `^${ANSWER}(?:${REPLY})\\s*(?::|$)`,
  `^(?:${ABSENCES.join('|')})\\s*(?::|$)`,
  `^(?:${MARKS})\\s*:`,
  `^${ANSWER}[[【(]\\s*(?:${ANY})\\s*[)】\\]]`,
  `[[【(]\\s*(?:${REPLY})\\s*[)】\\]]$`,
  `(?:[-–—_|]\\s*|的)(?:${CHINESE_REPLY})(?:$|:)`,
].map((pattern) => new RegExp(pattern, 'iu'));

/**
 * Whether a subject is one that programs give to automatic replies. A person may begin a sentence with the same words:
 * they have to be all of it, or to stand before a colon or in brackets.
 */
export function isAutomaticSubject(subject: string): boolean {
  const plain = subject.normalize('NFKC').trim();
  return PATTERNS.some((pattern) => pattern.test(plain));
}
