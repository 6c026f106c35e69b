import type { MailContent, MailContext } from './mail-content.js';

const filled = (content: MailContent): [string, string][] =>
  (content.facts ?? []).flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : []));

/** Plain text that says everything the HTML says. */
export function renderText(content: MailContent, c: MailContext, unsubscribe: string | null = null): string {
  const colon = c.say('：', ': ');
  const blocks = [
    content.heading,
    ...content.paragraphs,
    filled(content)
      .map(([label, value]) => `${label}${colon}${value}`)
      .join('\n'),
    ...(content.items ?? []).map(({ text, href }) => `${text}\n${href}`),
    (content.actions ?? []).map(({ label, href }) => `${label}${colon}${href}`).join('\n'),
    content.closing ?? '',
    signature(c),
    unsubscribe === null ? '' : `${unsubscribeLabel(c)}${colon}${unsubscribe}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const unsubscribeLabel = (c: MailContext): string => c.say('不再接收此类邮件', 'Stop mails of this kind');

const signature = (c: MailContext): string =>
  c.answersAreRead
    ? c.say(
        '本邮件由对接平台自动发送，如有疑问可直接回复。',
        'Sent by the Duijie platform; you may reply with questions.',
      )
    : c.say('本邮件由对接平台自动发送，请勿直接回复。', 'Sent by the Duijie platform; answers are not read.');

/** For readers that keep style sheets; those that do not show the colours of the tags, which can be read on both. */
const DARK =
  '<style>@media (prefers-color-scheme:dark){.quiet{color:#a3adba!important}.plain{color:#8dbdf2!important}' +
  '.other{background:transparent!important;color:#8dbdf2!important;border-color:#8dbdf2!important}' +
  '.foot{border-top-color:#3c4653!important}}</style>';

const FONTS = {
  'zh-CN': "-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Helvetica,Arial,sans-serif",
  en: "-apple-system,'Segoe UI',Helvetica,Arial,sans-serif",
};

/**
 * HTML with styles inside the tags, as mail readers strip sheets. Colours keep their contrast when a reader inverts
 * them; `color-scheme` and a sheet let those that ask choose.
 */
export function renderHtml(content: MailContent, c: MailContext, unsubscribe: string | null = null): string {
  const facts = filled(content)
    .map(
      ([label, value]) =>
        `<tr><td class="quiet" style="padding:4px 16px 4px 0;vertical-align:top;white-space:nowrap;color:#6b7685">${escape(label)}</td>` +
        `<td style="padding:4px 0;vertical-align:top;white-space:pre-line;overflow-wrap:anywhere;word-break:break-word">${escape(value)}</td></tr>`,
    )
    .join('');
  return [
    `<!DOCTYPE html><html lang="${c.locale}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escape(content.subject)}</title>${DARK}</head>`,
    `<body style="margin:0;padding:24px 12px;font-family:${FONTS[c.locale]};font-size:15px;line-height:1.65">`,
    '<div style="max-width:560px;margin:0 auto">',
    `<h1 style="margin:0 0 12px;font-size:20px;line-height:1.4;overflow-wrap:anywhere">${escape(content.heading)}</h1>`,
    ...content.paragraphs.map(
      (text) => `<p style="margin:0 0 12px;overflow-wrap:anywhere">${escape(text)}</p>`,
    ),
    facts === ''
      ? ''
      : `<table role="presentation" style="border-collapse:collapse;margin:0 0 12px">${facts}</table>`,
    ...(content.items ?? []).map(
      ({ text, href }) =>
        `<p style="margin:0 0 12px;overflow-wrap:anywhere"><a class="plain" href="${escape(href)}" style="color:#0b5cad">${escape(text)}</a></p>`,
    ),
    renderActions(content.actions ?? []),
    content.closing === undefined
      ? ''
      : `<p class="quiet" style="margin:16px 0 0;color:#6b7685">${escape(content.closing)}</p>`,
    `<p class="quiet foot" style="margin:24px 0 0;padding-top:12px;border-top:1px solid #c9d1dc;color:#6b7685;font-size:13px">${escape(signature(c))}${unsubscribeLink(unsubscribe, c)}</p>`,
    '</div></body></html>',
  ].join('\n');
}

function unsubscribeLink(url: string | null, c: MailContext): string {
  if (url === null) return '';
  return `<br><a href="${escape(url)}" class="quiet" style="color:#6b7685">${escape(unsubscribeLabel(c))}</a>`;
}

function renderActions(actions: NonNullable<MailContent['actions']>): string {
  const buttons = actions.map(({ label, href }, index) => {
    const fill =
      index === 0
        ? 'background:#0b5cad;color:#ffffff'
        : 'background:#eef4fb;color:#0b5cad;border:1px solid #0b5cad';
    return `<a${index === 0 ? '' : ' class="other"'} href="${escape(href)}" style="display:inline-block;margin:8px 12px 8px 0;padding:9px 18px;border-radius:6px;text-decoration:none;${fill}">${escape(label)}</a>`;
  });
  return buttons.length === 0 ? '' : `<p style="margin:8px 0">${buttons.join('')}</p>`;
}

function escape(text: string): string {
  if (!/[&<>"']/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
