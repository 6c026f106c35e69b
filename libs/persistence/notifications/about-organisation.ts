/**
 * CTE `about` (id, organisation_id) of the mails $1 that are about an organisation: the one that was written with the
 * mail, else the one for which its person sits in the meeting or takes part in the event. What somebody is told for
 * themselves is about none, whatever organisations they belong to.
 */
export const ABOUT_ORGANISATION = `about AS MATERIALIZED (
  SELECT n.id, coalesce(n.organisation_id, side.organisation_id, part.organisation_id) AS organisation_id
  FROM notification n
  LEFT JOIN calendar_object o ON o.id = n.calendar_object_id AND o.meeting_id IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT s.organisation_id FROM (
      SELECT 1 AS place, CASE n.person_id WHEN m.enterprise_person_id THEN m.enterprise_id
                           WHEN m.institute_person_id THEN m.institute_id END AS organisation_id
      FROM meeting m WHERE m.id = o.meeting_id
      UNION ALL SELECT 2, g.organisation_id FROM meeting_guest g WHERE g.meeting_id = o.meeting_id AND g.person_id = n.person_id
      UNION ALL SELECT 3, b.organisation_id FROM meeting m JOIN membership b ON b.person_id = n.person_id
        AND b.organisation_id IN (m.enterprise_id, m.institute_id) WHERE m.id = o.meeting_id) s
    WHERE s.organisation_id IS NOT NULL ORDER BY s.place, s.organisation_id LIMIT 1) side ON true
  LEFT JOIN LATERAL (
    SELECT r.organisation_id FROM registration r
    WHERE o.id IS NULL AND n.topic <> 'meeting-request' AND r.event_id = n.event_id AND r.person_id = n.person_id
    ORDER BY 'registration:' || r.id = n.stream_key DESC, r.status = 'cancelled', r.created_at DESC LIMIT 1) part ON true
  WHERE n.id = ANY($1))`;

/** A payload without what is for its person only: check-in codes in the details, one-time links, notes. */
export const SHARED_PAYLOAD = `(n.payload - 'declineLink' - 'note'
  || CASE WHEN n.payload ? 'details' THEN '{"details": ""}'::jsonb ELSE '{}' END
  || CASE WHEN n.payload ? 'acceptLink' THEN jsonb_build_object('acceptLink', n.payload->'link') ELSE '{}' END)`;
