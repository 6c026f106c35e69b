import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EventView, SessionView } from '#libs/contracts/events/event-views.js';
import { useFormat } from '../../shell/format.js';

/** The agenda by day and time, each session with its room and speakers. */
export function AgendaView({ event }: { event: EventView }) {
  const format = useFormat();
  const days = [...new Set(event.agenda.map((session) => format.day(session.startsAt)))];
  return (
    <>
      {days.map((day) => (
        <section key={day}>
          {days.length > 1 && <h3 style={{ margin: '12px 0 4px' }}>{day}</h3>}
          {event.agenda
            .filter((session) => format.day(session.startsAt) === day)
            .map((session) => (
              <Session key={session.id} session={session} />
            ))}
        </section>
      ))}
    </>
  );
}

function Session({ session }: { session: SessionView }) {
  const { t } = useTranslation('events');
  const format = useFormat();
  return (
    <div className="agenda-row">
      <div className="agenda-time">
        {format.time(session.startsAt)}–{format.time(session.endsAt)}
      </div>
      <div>
        <h4>
          {session.title} {session.room !== null && <Tag>{session.room}</Tag>}
        </h4>
        {session.speakers.length > 0 && (
          <div>
            {t('speakers')}
            {session.speakers
              .map((speaker) => [speaker.name, speaker.title, speaker.organisation].filter(Boolean).join(' '))
              .join(t('shell:semicolon'))}
          </div>
        )}
        {session.abstract !== null && session.abstract !== '' && <p className="prose">{session.abstract}</p>}
      </div>
    </div>
  );
}
