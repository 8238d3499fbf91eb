import { enoughWords } from '../../../contract/cases.ts';

/** A file, or words enough, show what was done. Pure. */
export const isShown = ({ fileIds, text }: { fileIds: readonly string[]; text: string }): boolean =>
  fileIds.length > 0 || [...text].length >= enoughWords;
