/**
 * Every match that a meeting stands for, its own and the further ones of the same two people, one row each with the
 * meeting's event and status. A meeting without any match has one row without match, need and capability. For FROM.
 */
export const MEETING_MATCHES = `(
  SELECT id AS meeting_id, event_id, status, match_id, need_id, capability_id FROM meeting
  UNION ALL
  SELECT met.id, met.event_id, met.status, x.id, x.need_id, x.capability_id
  FROM meeting_match also JOIN meeting met ON met.id = also.meeting_id JOIN match x ON x.id = also.match_id)`;

/** Further matches of meeting `m` as a JSON array of `{matchId, needId, need, capabilityId, capability}`, the best first. */
export const MEETING_ALSO = `
  coalesce((SELECT jsonb_agg(jsonb_build_object('matchId', ax.id, 'needId', an.id, 'need', an.title,
      'capabilityId', ac.id, 'capability', ac.title) ORDER BY ax.score DESC, ax.id)
    FROM meeting_match also JOIN match ax ON ax.id = also.match_id JOIN need an ON an.id = ax.need_id
    JOIN capability ac ON ac.id = ax.capability_id WHERE also.meeting_id = m.id), '[]')`;
