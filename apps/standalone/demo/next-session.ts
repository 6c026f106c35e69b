import nextSession from './data/next-session.json' with { type: 'json' };

/** What organizers and participants of the coming session asked for already; people and organisations by key. */
export interface DemoNextSession {
  readonly event: string;
  readonly absences: readonly { readonly person: string; readonly from: string; readonly to: string }[];
  readonly block: {
    readonly by: string;
    readonly org: string;
    readonly other: string;
    readonly kind: string;
    readonly note: string;
  };
  readonly meetings: readonly DemoMeeting[];
  readonly limits: readonly DemoLimit[];
  readonly requests: readonly DemoRequest[];
  /** People whose registrations are approved once the first timetable is out. */
  readonly approvedLater: readonly string[];
  /** `accepted`: so many of the proposed pairs are meetings already. */
  readonly proposal: { readonly floor: number; readonly maxMeetings: number; readonly accepted: number };
}

export interface DemoMeeting {
  readonly enterprise: string;
  readonly institute: string;
  readonly length?: number;
  readonly features?: readonly string[];
  readonly wish?: string;
  readonly guests?: readonly string[];
}

interface DemoLimit {
  readonly person?: string;
  readonly organisation?: string;
  readonly organisationKind?: string;
  readonly min?: number;
  readonly max?: number;
}

export interface DemoRequest {
  readonly from: string;
  readonly to: string;
  /** Clock time of a slot; null = the organizers shall set it. */
  readonly at: string | null;
  readonly message: string;
  /** Left out: nobody answered yet. */
  readonly answer?: string;
  readonly reason?: string;
}

export const demoNextSession: DemoNextSession = nextSession;
