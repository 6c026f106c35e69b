import type { EventWords } from '#libs/domain/notifications/event-news.js';
import { placeOf, titleFor, type EventTruth } from './wanted-invitations.js';

type Locale = 'zh-CN' | 'en';

const MEETING: Readonly<Record<Locale, string>> = { 'zh-CN': '一对一洽谈：', en: '1:1 meeting: ' };

/**
 * The payload of a mail about `event` as it would be in another language. What it was before is only known in the
 * language of the mail: where the event has a title for each language, the other one counts as unchanged.
 */
export function inLanguageOf(
  locale: Locale,
  written: Locale,
  payload: EventWords,
  event: EventTruth | undefined,
): EventWords {
  if (locale === written || event === undefined) return payload;
  const title = titleFor(event, { locale });
  const named = {
    ...payload,
    ...('event' in payload ? { event: title } : {}),
    ...('title' in payload ? { title } : {}),
  };
  if (payload['kind'] === 'meeting') {
    const summary = String(payload.summary).replace(MEETING[written], MEETING[locale]);
    return { ...named, summary };
  }
  if (payload['kind'] !== 'event') return named;
  const place = placeOf(event, [], locale === 'zh-CN');
  const { before } = payload;
  const was = before && {
    ...before,
    summary: event.titleEn ? title : before.summary,
    place: before.place === payload.place ? place : before.place,
  };
  return { ...named, summary: title, place, ...(before === undefined ? {} : { before: was }) };
}
