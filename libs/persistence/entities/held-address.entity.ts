import { EntitySchema } from 'typeorm';
import { createdAt, id, integer, refersTo, text, time, uuid } from '../columns.js';

/** A mail address that mail is held back from, one row per address; a hold that was lifted stays as history. */
export interface HeldAddress {
  id: string;
  /** Lower case. */
  address: string;
  heldAt: Date;
  failures: number;
  /** What the other side answered last. */
  diagnostic: string;
  liftedAt: Date | null;
  liftedBy: string | null;
}
export const HeldAddressEntity = new EntitySchema<HeldAddress>({
  name: 'held_address',
  columns: {
    id: id(),
    address: text(),
    heldAt: createdAt(),
    failures: integer(),
    diagnostic: text({ default: '' }),
    liftedAt: time({ nullable: true }),
    liftedBy: uuid({ nullable: true }),
  },
  uniques: [{ name: 'held_address_once', columns: ['address'] }],
  foreignKeys: [refersTo('person', 'liftedBy', 'SET NULL')],
});
