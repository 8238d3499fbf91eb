import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const days = z.number().int().min(1).max(3650);
const retention = z.strictObject({
  webhook_deliveries: days,
  message_deliveries: days,
  read_messages: days,
  measure_evidence: days,
});
export type Retention = z.infer<typeof retention>;

/** Days, of `retention.yaml`. @throws with the name of the value that is none */
export async function readRetention(rootFolder: string): Promise<Retention> {
  const file = join(rootFolder, 'server', 'retention.yaml');
  const read = retention.safeParse(parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  return read.data;
}
