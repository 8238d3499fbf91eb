import type { Item } from '../../app/outbox.ts';

/** What is written on the sheet, kept with every stroke; its id makes of two taps one tick. */
export interface Written {
  id: string;
  words: string;
  number: string;
  signer: string;
  photos: string[];
}
export const nothingWritten: Written = { id: '', words: '', number: '', signer: '', photos: [] };
export const draftAs = (occurrenceId: string): string => `draft:measure:${occurrenceId}`;
export const cannotDraftAs = (occurrenceId: string): string => `${draftAs(occurrenceId)}:cannot`;

/** What an item says, to be shown, or to be written anew once it was refused. */
export function writtenAgain(item: Item): { key: string; value: Written } {
  const said = item.calls.at(-1)!;
  const body = said.body as { words?: string; reason?: string; number?: number; signer?: string };
  const cannot = said.path.endsWith('/cannot');
  return {
    key: cannot ? cannotDraftAs(item.subject) : draftAs(item.subject),
    value: {
      ...nothingWritten,
      words: body.words ?? body.reason ?? '',
      number: body.number === undefined ? '' : String(body.number),
      signer: body.signer ?? '',
      photos: item.calls.flatMap((one) => one.photo ?? []),
    },
  };
}
