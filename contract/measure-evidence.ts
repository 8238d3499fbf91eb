/**
 * What it takes before a measure counts as done. Without a validator, so that the phone carries it too.
 */
export const evidenceKinds = ['record', 'doc', 'count', 'photo', 'sign'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** What a person shows that it was done. */
export interface Evidence {
  words?: string | undefined;
  number?: number | undefined;
  signer?: string | undefined;
  /** Pictures and other files. */
  files: number;
}
export type EvidenceField = 'words' | 'number' | 'signer' | 'fileIds';

/** At least so many characters of a note; a document is told in a line or attached. */
export const leastWords = { record: 2, doc: 10, sign: 2 } as const;

/** What is still lacking before it counts as done; `null`: nothing. The same on the phone, on the desk and on the server. */
export function lackingEvidence(wanted: { evidence: EvidenceKind; evidenceCount: number }, given: Evidence) {
  const words = [...(given.words?.trim() ?? '')].length;
  const shows = (least: number): boolean => words >= least || given.files > 0;
  switch (wanted.evidence) {
    case 'photo':
      return given.files < Math.max(1, wanted.evidenceCount) ? ('fileIds' satisfies EvidenceField) : null;
    case 'count':
      return given.number === undefined || !Number.isInteger(given.number) || given.number < 0
        ? ('number' satisfies EvidenceField)
        : null;
    case 'sign':
      if ([...(given.signer?.trim() ?? '')].length < 2) return 'signer' satisfies EvidenceField;
      return shows(leastWords.sign) ? null : ('words' satisfies EvidenceField);
    default:
      return shows(leastWords[wanted.evidence]) ? null : ('words' satisfies EvidenceField);
  }
}
