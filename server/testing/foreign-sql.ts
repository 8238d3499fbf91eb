/**
 * A module touches its own tables only (architecture, Enforced 3). Every SQL text that passes `platform/sql` while a
 * test runs is looked through; `platform` and `journal` are everybody's floor.
 */
const schemas = [
  'likeness',
  'organization',
  'stages',
  'knowledge',
  'access',
  'requests',
  'catalogue',
  'cases',
  'followups',
  'hotline',
  'tasks',
  'messages',
  'ledger',
  'outreach',
  'open311',
  'webhooks',
  'watch',
  'measures',
  'duty',
  'drills',
  'lessons',
  'reports',
  'plans',
  'graphile_worker',
  'public',
];
const named = new RegExp(`(?<![\\w."])"?(${schemas.join('|')})"?\\s*\\.`, 'g');

/** Schemas this text names that its module does not own. Words inside quoted literals are no names. */
export function foreignSchemas(schema: string, text: string): string[] {
  const code = text.replace(/'(?:[^']|'')*'/g, "''");
  return [...new Set([...code.matchAll(named)].map((match) => match[1]!))].filter((name) => name !== schema);
}
