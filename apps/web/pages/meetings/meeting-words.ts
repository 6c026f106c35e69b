import { useTranslation } from 'react-i18next';
import type { FullLimit } from '#libs/contracts/meetings/full-limit.js';
import type { MeetingGuestView } from '#libs/contracts/meetings/meetings.js';
import type { BoardMeeting, UnplacedWord } from '#libs/contracts/meetings/timetables.js';
import { useCodes } from '../../shell/codes.js';

/** Words about meetings that several pages use. */
export function useMeetingWords() {
  const { t, i18n } = useTranslation('meetings');
  const codes = useCodes();
  return {
    /** "3 号桌"; labels that are words already stay as they are. */
    table: (label: string) => (/桌|table/i.test(label) ? label : t('table', { table: label })),
    reason: (word: UnplacedWord) =>
      t(`reason.${word.reason}`, {
        person: word.person ?? '',
        group: word.group ?? '',
        meetings: word.meetings ?? 0,
        freeSlots: word.freeSlots ?? 0,
      }),
    /** Who is full: a person, an organisation or a kind of these. */
    full: ({ name, organisationKind }: FullLimit) =>
      organisationKind === null ? name : codes.label('organisation-kind', organisationKind),
    title: (event: { title: string; titleEn: string | null }) =>
      i18n.language === 'en' && event.titleEn ? event.titleEn : event.title,
    /** 某某公司（张三） */
    who: (organisation: string | null, person: string | null) =>
      `${organisation ?? ''}${t('shell:brackets', { text: person ?? '' })}`,
    guests: (guests: readonly MeetingGuestView[]) =>
      t('guestsLine', {
        names: guests
          .map((one) => `${one.organisation}${t('shell:brackets', { text: one.person })}`)
          .join(t('shell:comma')),
      }),
    /** What a meeting is about, a line for each match it stands for: need / capability. */
    topics: ({ need, capability, also }: Pick<BoardMeeting, 'need' | 'capability' | 'also'>): string[] =>
      [{ need, capability }, ...also]
        .map((one) => [one.need, one.capability].filter(Boolean).join(' / '))
        .filter(Boolean),
    pair: (meeting: BoardMeeting) => `${meeting.enterprise.name} – ${meeting.institute.name}`,
  };
}
