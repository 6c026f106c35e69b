import { ICAL } from './ical-library.js';

type Parameters = Readonly<Record<string, string>>;

/** The content line of a property (RFC 5545 §3.1), escaped and folded, without its last line end. */
export function propertyLine(name: string, value: unknown, parameters: Parameters = {}): string {
  const property = new ICAL.Property(name);
  property.setValue(value);
  for (const [parameter, text] of Object.entries(parameters)) property.setParameter(parameter, text);
  return folded(property);
}

/** The same with a value type that is not the property's default one, or which ical.js does not know (RFC 7986). */
export function typedLine(name: string, type: string, value: unknown): string {
  const property = new ICAL.Property(name);
  property.resetType(type);
  property.setValue(value);
  return folded(property);
}

const folded = (property: InstanceType<typeof ICAL.Property>): string =>
  ICAL.stringify.property(property.jCal, ICAL.design.icalendar, false);
