/**
 * What `isPublicEvent` (libs/domain/access) says, of the rows of `event e`: published once, whatever became of it. A draft
 * that was called off was never more than a draft.
 */
export const PUBLIC_EVENT =
  "(NOT e.is_template AND e.state <> 'draft' AND (e.state <> 'cancelled' OR e.published_at IS NOT NULL))";
