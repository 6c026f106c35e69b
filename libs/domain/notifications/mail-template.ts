/** What templates of programmes may ask for, by `{{name}}`. */
export const TEMPLATE_VARIABLES = ['name', 'event', 'time', 'place', 'host', 'reason', 'link'] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

const VARIABLE = /\{\{\s*([A-Za-z-]+)\s*\}\}/g;

/** Names in a template that are none of the variables, each once. */
export function unknownVariables(template: string): string[] {
  const names = [...template.matchAll(VARIABLE)].map((match) => match[1]!);
  return [...new Set(names)].filter((name) => !TEMPLATE_VARIABLES.some((known) => known === name));
}

/** The template with its variables filled; what is not known stays out. Values are never read as templates. */
export function fillTemplate(
  template: string,
  values: Readonly<Partial<Record<TemplateVariable, string>>>,
): string {
  return template.replace(VARIABLE, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name as TemplateVariable] ?? '') : '',
  );
}
