/**
 * Ends a statement whose part `written` returned ids of mails: notes that they are to be spread once they are committed
 * (`spreadNext`), and answers the ids.
 */
export const SPREADING_LATER = `, unspread AS (INSERT INTO notification_unspread (notification_id) SELECT id FROM written)
  SELECT id FROM written`;
