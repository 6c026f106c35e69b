import type { FormQuestion } from '#libs/persistence/entities/event.entity.js';
import type { IntellectualProperty } from '#libs/persistence/entities/market.entity.js';
import capabilities1 from './data/capabilities-1.json' with { type: 'json' };
import capabilities2 from './data/capabilities-2.json' with { type: 'json' };
import capabilities3 from './data/capabilities-3.json' with { type: 'json' };
import events from './data/events.json' with { type: 'json' };
import needs1 from './data/needs-1.json' with { type: 'json' };
import needs2 from './data/needs-2.json' with { type: 'json' };
import organisations from './data/organisations.json' with { type: 'json' };
import people from './data/people.json' with { type: 'json' };
import programmes from './data/programmes.json' with { type: 'json' };

export interface DemoOrganisation {
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly en: string;
  readonly kind: string;
  readonly regionCode: string;
  readonly intro: string;
  readonly address: string;
  readonly legalRep: string;
  readonly website: string;
  readonly contactName: string;
  readonly contactPhone: string;
  readonly contactEmail: string;
  readonly enterpriseStatus: readonly string[];
  readonly industry: string | null;
}

export interface DemoPerson {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly organisations: readonly { readonly key: string; readonly role: string; readonly title: string }[];
  readonly platformRoles: readonly string[];
}

/** A need or capability; the fields of the form, and who publishes it in which state. */
export interface DemoRecord {
  readonly key: string;
  readonly org: string;
  readonly author: string;
  readonly title: string;
  readonly indicatorsText: string;
  readonly state: string;
  readonly reviewNote?: string | null;
  readonly ip?: readonly IntellectualProperty[];
}

export interface DemoProgramme {
  readonly key: string;
  readonly name: string;
  readonly en: string;
  readonly intro: string;
  readonly color: string;
  readonly kind: string;
}

export interface DemoEvent {
  readonly key: string;
  readonly programme: string | null;
  readonly edition: number | null;
  readonly kind: string;
  readonly title: string;
  readonly en: string;
  readonly intro: string;
  readonly state: string;
  /** Day of the event, counted from today. */
  readonly dayOffset: number;
  readonly startTime: string;
  readonly endTime: string;
  readonly venue: { readonly name: string; readonly address: string };
  readonly rooms: readonly { readonly name: string; readonly capacity: number }[];
  readonly tables: number;
  /** Tables that are not like the others, by label. */
  readonly specialTables?: readonly {
    readonly label: string;
    readonly room?: string;
    readonly features?: readonly string[];
    /** Organisation whose meetings take place here. */
    readonly home?: string;
  }[];
  readonly roomChangeMinutes?: number;
  readonly slotMinutes: number | null;
  readonly slotWindow: { readonly start: string; readonly end: string } | null;
  readonly capacity: number;
  readonly approvalRequired: boolean;
  readonly groupMax: number;
  readonly hostOrg: string;
  readonly tags: readonly string[];
  readonly agenda: readonly DemoSession[];
  readonly questions: readonly (Omit<FormQuestion, 'options' | 'kind'> & {
    readonly kind: string;
    readonly options?: readonly { readonly value: string; readonly zh: string; readonly en: string }[];
  })[];
  readonly registrants: readonly (string | { readonly person: string; readonly count: number })[];
}

export interface DemoSession {
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly room: string | null;
  readonly abstract: string;
  readonly speakers: readonly { readonly name: string; readonly title: string; readonly org: string }[];
}

/** A fictional district: its organisations, people, needs, capabilities, programmes and events. */
export const demoData: {
  readonly organisations: readonly DemoOrganisation[];
  readonly people: readonly DemoPerson[];
  readonly needs: readonly DemoRecord[];
  readonly capabilities: readonly DemoRecord[];
  readonly programmes: readonly DemoProgramme[];
  readonly events: readonly DemoEvent[];
} = {
  organisations,
  people,
  needs: [...needs1, ...needs2],
  capabilities: [...capabilities1, ...capabilities2, ...capabilities3],
  programmes,
  events,
};
