import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import {
  catchError,
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  map,
  merge,
  Observable,
  share,
  skip,
  Subject,
  takeUntil,
  timer,
} from 'rxjs';
import { Transactions } from '#libs/platform/database/transactions.js';

const LOOK_MS = 2_000;
/** Proxies close connections on which nothing is said for a minute. */
const PING_MS = 25_000;

/** Changes whenever anything changes that boards and personal timetables of an event show. */
const VERSION = `
  SELECT md5(concat_ws('|',
    (SELECT concat(count(*), max(updated_at)) FROM meeting WHERE event_id = $1),
    (SELECT string_agg(concat(id, status, placed), ',' ORDER BY id) FROM timetable WHERE event_id = $1),
    (SELECT concat(count(*), count(c.undone_at)) FROM board_change c JOIN timetable t ON t.id = c.timetable_id
     WHERE t.event_id = $1 AND t.status = 'draft'),
    (SELECT concat(count(*), max(updated_at)) FROM meeting_request WHERE event_id = $1),
    (SELECT string_agg(concat(id, status, enterprise_accepted, institute_accepted), ',' ORDER BY id)
     FROM slot_offer WHERE event_id = $1),
    (SELECT string_agg(concat(person_id, starts_at, ends_at), ',' ORDER BY id) FROM absence WHERE event_id = $1)
  )) AS version`;

/** Tells listeners that something of an event changed; what, they ask for themselves, with their own rights. */
@Injectable()
export class LiveService implements OnModuleDestroy {
  private readonly streams = new Map<string, Observable<string>>();
  private readonly ending = new Subject<void>();

  constructor(private readonly transactions: Transactions) {}

  onModuleDestroy(): void {
    this.ending.next();
    this.ending.complete();
  }

  /** `changed` at every change after the first look, `ping` in between; ends with the process. */
  listen(eventId: string): Observable<MessageEvent> {
    const changes = this.stream(eventId).pipe(map((version) => ({ type: 'changed', data: version })));
    const pings = timer(0, PING_MS).pipe(map(() => ({ type: 'ping', data: '' })));
    return merge(changes, pings).pipe(takeUntil(this.ending));
  }

  /** One look at the database for all who listen to an event, none when nobody does. */
  private stream(eventId: string): Observable<string> {
    const running = this.streams.get(eventId);
    if (running !== undefined) return running;
    const stream = timer(0, LOOK_MS).pipe(
      exhaustMap(() => this.version(eventId)),
      distinctUntilChanged(),
      skip(1),
      share({ resetOnRefCountZero: true }),
    );
    this.streams.set(eventId, stream);
    return stream;
  }

  private version(eventId: string): Observable<string> {
    const query = this.transactions.manager.query<{ version: string }[]>(VERSION, [eventId]);
    // A database that is away for a moment is no reason to end the stream.
    return new Observable<string>((subscriber) => {
      query
        .then(([row]) => {
          subscriber.next(row!.version);
          subscriber.complete();
        })
        .catch((error: unknown) => subscriber.error(error));
    }).pipe(catchError(() => EMPTY));
  }
}
