/** Everybody who sits in meeting `m`, as `person (id)`: its two sides and its guests. For CROSS JOIN LATERAL. */
export const MEETING_PEOPLE = `
  (SELECT m.enterprise_person_id AS id UNION ALL SELECT m.institute_person_id
   UNION ALL SELECT g.person_id FROM meeting_guest g WHERE g.meeting_id = m.id) person`;

/** Whether a person, given as SQL, sits in meeting `m`. */
export const sitsInMeeting = (person: string): string =>
  `(${person} IN (m.enterprise_person_id, m.institute_person_id)
    OR EXISTS (SELECT FROM meeting_guest mg WHERE mg.meeting_id = m.id AND mg.person_id = ${person}))`;

/** Guests of meeting `m` as a JSON array of `{personId, person, organisationId, organisation}`, by name. */
export const MEETING_GUESTS = `
  coalesce((SELECT jsonb_agg(jsonb_build_object('personId', gp.id, 'person', gp.name, 'organisationId', go.id,
      'organisation', go.name) ORDER BY go.name, gp.name, gp.id)
    FROM meeting_guest g JOIN person gp ON gp.id = g.person_id JOIN organisation go ON go.id = g.organisation_id
    WHERE g.meeting_id = m.id), '[]')`;
