/** SQL of a `DeliveryStatus`: what waits and has a try that a process makes at the time `at` is being sent. */
export const shownStatus = (row: string, at: string): string =>
  `CASE WHEN ${row}.status = 'queued' AND EXISTS (SELECT FROM delivery_attempt held
     WHERE held.notification_id = ${row}.id AND held.held_until > ${at}) THEN 'sending' ELSE ${row}.status END`;
